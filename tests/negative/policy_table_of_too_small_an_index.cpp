// SPDX-License-Identifier: BSL-1.0
// refused: a_policy_table_is_of_unsigned_integers_that_count_the_actions_of_any_state

#include <bellman/decision/outcome.hpp>
#include <bellman/planning/solve_at_compile_time.hpp>
#include <bellman/probability/dirac.hpp>

#include <cstdint>
#include <ranges>

struct keyboard {
  using state_type = int;
  using action_type = int;
  using reward_type = double;
  constexpr auto states() const { return std::views::iota(0, 2); }
  constexpr auto actions(int) const { return std::views::iota(0, 300); }
  constexpr bool terminal(int s) const { return s == 1; }
  constexpr auto transition(int, int a) const { return bellman::dirac{bellman::outcome{1.0 * a, 1}}; }
};

constexpr auto solution = bellman::solve_at_compile_time<keyboard{}, 0.5>();
#ifdef CONTROL
static_assert(solution.policy_table<std::uint16_t>()[0] == 299);
#else
static_assert(solution.policy_table<std::uint8_t>()[0] == 255);
#endif
