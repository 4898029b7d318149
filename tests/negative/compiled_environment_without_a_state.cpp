// SPDX-License-Identifier: BSL-1.0
// refused: an_environment_that_is_solved_at_compile_time_lists_a_state

#include <bellman/decision/outcome.hpp>
#include <bellman/planning/solve_at_compile_time.hpp>
#include <bellman/probability/dirac.hpp>

#include <array>
#include <ranges>

#ifdef CONTROL
inline constexpr int count = 1;
#else
inline constexpr int count = 0;
#endif

struct ring {
  using state_type = int;
  using action_type = int;
  using reward_type = double;
  constexpr auto states() const { return std::views::iota(0, count); }
  constexpr auto actions(int) const { return std::array{0}; }
  constexpr bool terminal(int) const { return false; }
  constexpr auto transition(int s, int) const { return bellman::dirac{bellman::outcome{1.0, s}}; }
};

constexpr auto solution = bellman::solve_at_compile_time<ring{}, 0.5>();
static_assert(solution.value.lower(0) <= 2);
