// SPDX-License-Identifier: BSL-1.0
// rule: states_must_be_listed_once

#include <bellman/decision/outcome.hpp>
#include <bellman/planning/solve_at_compile_time.hpp>
#include <bellman/probability/dirac.hpp>

#include <array>
#include <ranges>

struct square {
  int number;
  friend constexpr bool operator==(square const&, square const&) = default;
};

#ifdef CONTROL
inline constexpr int last = 399;
#else
inline constexpr int last = 398;
#endif

struct board {
  using state_type = square;
  using action_type = int;
  using reward_type = double;
  constexpr auto states() const {
    return std::views::iota(0, 400) | std::views::transform([](int i) { return square{i == 399 ? last : i}; });
  }
  constexpr auto actions(square) const { return std::array{0}; }
  constexpr bool terminal(square s) const { return s.number > 0; }
  constexpr auto transition(square, int) const { return bellman::dirac{bellman::outcome{1.0, square{1}}}; }
};

constexpr auto solution = bellman::solve_at_compile_time<board{}, 0.5>();
static_assert(solution.value(square{0}) == 1);
