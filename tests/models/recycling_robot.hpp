// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/decision/outcome.hpp>
#include <bellman/probability/distribution.hpp>

#include <array>
#include <cstddef>
#include <ranges>
#include <vector>

namespace models {

enum class battery { high, low };
enum class deed { search, wait, recharge };

/// Sutton and Barto, example 3.3: a robot that searches for cans. Searching with a high battery keeps it high with
/// probability alpha; with a low one it stays low with probability beta, otherwise the robot is carried home and pays
/// for it. The actions of the two states differ, and it never ends.
template <class R>
struct recycling_robot {
  using state_type = battery;
  using action_type = deed;
  using reward_type = R;

  R alpha{R(3) / R(4)};
  R beta{R(1) / R(2)};
  R found_searching{2};
  R found_waiting{1};
  R carried_home{-3};

  static constexpr std::array<battery, 2> batteries{battery::high, battery::low};
  static constexpr std::array<deed, 3> deeds{deed::search, deed::wait, deed::recharge};

  constexpr auto states() const { return std::views::all(batteries); }
  constexpr auto actions(battery s) const {
    return std::views::all(deeds) | std::views::take(s == battery::high ? 2 : 3);
  }
  constexpr bool terminal(battery) const { return false; }

  constexpr auto transition(battery s, deed a) const {
    using point = bellman::weighted<bellman::outcome<R, battery>, R>;
    if (a == deed::wait) return std::vector<point>{point{{found_waiting, s}, R(1)}};
    if (a == deed::recharge) return std::vector<point>{point{{R(0), battery::high}, R(1)}};
    if (s == battery::high) {
      return std::vector<point>{point{{found_searching, battery::high}, alpha},
                                point{{found_searching, battery::low}, R(1) - alpha}};
    }
    return std::vector<point>{point{{found_searching, battery::low}, beta},
                              point{{carried_home, battery::high}, R(1) - beta}};
  }
};

}  // namespace models
