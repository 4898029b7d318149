// SPDX-License-Identifier: BSL-1.0
// refused: an_environment_that_is_solved_at_compile_time_lists_its_states

#include <bellman/decision/outcome.hpp>
#include <bellman/planning/solve_at_compile_time.hpp>
#include <bellman/probability/dirac.hpp>

#include <array>
#include <ranges>

struct coin {
  using state_type = int;
  using action_type = int;
  using reward_type = double;
#ifdef CONTROL
  constexpr auto states() const { return std::views::iota(0, 2); }
#endif
  constexpr auto actions(int) const { return std::array{0}; }
  constexpr bool terminal(int s) const { return s == 1; }
  constexpr auto transition(int, int) const { return bellman::dirac{bellman::outcome{1.0, 1}}; }
};

constexpr auto solution = bellman::solve_at_compile_time<coin{}, 0.5>();
static_assert(solution.value(0) == 1);
