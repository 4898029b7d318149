// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/decision/outcome.hpp>
#include <bellman/probability/distribution.hpp>

#include <cstddef>
#include <ranges>
#include <vector>

namespace models {

/// A finite environment given by its outcomes: `outcomes[s][a]` lists those of action `a` in state `s`. A state without
/// actions is terminal.
template <class R>
struct listed_mdp {
  using state_type = int;
  using action_type = int;
  using reward_type = R;
  using point = bellman::weighted<bellman::outcome<R, int>, R>;

  std::vector<std::vector<std::vector<point>>> outcomes;

  constexpr auto states() const { return std::views::iota(0, static_cast<int>(outcomes.size())); }
  constexpr auto actions(int s) const {
    return std::views::iota(0, static_cast<int>(outcomes[static_cast<std::size_t>(s)].size()));
  }
  constexpr bool terminal(int s) const { return outcomes[static_cast<std::size_t>(s)].empty(); }
  constexpr std::vector<point> const& transition(int s, int a) const {
    return outcomes[static_cast<std::size_t>(s)][static_cast<std::size_t>(a)];
  }
};

}  // namespace models
