// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/decision/ending.hpp>
#include <bellman/decision/outcome.hpp>
#include <bellman/decision/rollout.hpp>
#include <bellman/estimation/step.hpp>
#include <bellman/planning/state_value.hpp>
#include <bellman/probability/dirac.hpp>
#include <bellman/probability/uniform.hpp>

#include "recording.hpp"

#include <array>
#include <cstddef>
#include <random>
#include <ranges>
#include <vector>

namespace recorded_run {

/// The random walk of Sutton and Barto 2018, example 6.2, seven places long: the walk ends at either end, for 1 at the
/// right one.
struct corridor {
  using state_type = int;
  using action_type = int;
  using reward_type = double;

  constexpr auto states() const { return std::views::iota(0, 9); }
  constexpr auto actions(int) const { return std::array{-1, +1}; }
  constexpr bool terminal(int s) const { return s == 0 || s == 8; }
  constexpr auto transition(int s, int a) const {
    return bellman::dirac{bellman::outcome{s + a == 8 ? 1.0 : 0.0, s + a}};
  }
};

/// A run of so many episodes from the middle, each cut off after 30 steps, with the true values.
inline std::vector<row> walk(std::size_t episodes, double gamma) {
  corridor const env;
  auto const coin = [](int) { return bellman::uniform(std::array{-1, +1}); };
  auto const v = bellman::state_value(env, coin, gamma);
  std::mt19937 urbg(1);
  std::vector<row> rows;
  for (std::size_t i = 0; i < episodes; ++i) {
    auto const episode = bellman::rollout(env, coin, 4, urbg, bellman::step_limit{30});
    for (std::size_t t = 0; t < episode.size(); ++t) {
      rows.push_back({episode.rewards[t], v(episode.states[t]), bellman::continues{}, false});
    }
    if (episode.has_terminated()) {
      rows.back().step = bellman::terminated{};
    } else {
      rows.back().step = bellman::truncated{v(episode.states.back())};
      rows.back().truncated = true;
    }
  }
  return rows;
}

}  // namespace recorded_run
