// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/decision/outcome.hpp>
#include <bellman/probability/dirac.hpp>

#include <ranges>

namespace models {

/// Two states, in each of which one may stay or go to the other; nothing is left to chance and nothing ends. An action
/// is paid by where it is taken and what it is.
template <class R>
struct two_state_cycle {
  using state_type = int;
  using action_type = int;  // 0 stay, 1 go
  using reward_type = R;

  R stay_in_0{0};
  R go_from_0{3};
  R stay_in_1{1};
  R go_from_1{-1};

  constexpr auto states() const { return std::views::iota(0, 2); }
  constexpr auto actions(int) const { return std::views::iota(0, 2); }
  constexpr bool terminal(int) const { return false; }
  constexpr auto transition(int s, int a) const {
    if (a == 1) return bellman::dirac{bellman::outcome{s == 0 ? go_from_0 : go_from_1, 1 - s}};
    return bellman::dirac{bellman::outcome{s == 0 ? stay_in_0 : stay_in_1, s}};
  }
};

}  // namespace models
