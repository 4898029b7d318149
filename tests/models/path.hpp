// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/decision/outcome.hpp>
#include <bellman/probability/dirac.hpp>

#include <array>
#include <cstddef>
#include <ranges>

namespace models {

/// A path: each step has one action and one successor, and pays what is written for it. The state is the number of
/// steps taken.
template <class R, std::size_t N>
struct path {
  using state_type = std::size_t;
  using action_type = int;
  using reward_type = R;

  std::array<R, N> rewards;

  constexpr auto states() const { return std::views::iota(std::size_t{0}, N + 1); }
  constexpr auto actions(std::size_t) const { return std::views::single(0); }
  constexpr bool terminal(std::size_t t) const { return t == N; }
  constexpr auto start() const { return bellman::dirac{std::size_t{0}}; }
  constexpr auto transition(std::size_t t, int) const { return bellman::dirac{bellman::outcome{rewards[t], t + 1}}; }
};

template <class R, std::size_t N>
path(std::array<R, N>) -> path<R, N>;

}  // namespace models
