// SPDX-License-Identifier: BSL-1.0
// rule: a_state_must_have_an_action

#include <bellman/decision/outcome.hpp>
#include <bellman/planning/solve_at_compile_time.hpp>
#include <bellman/probability/dirac.hpp>

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
  constexpr auto states() const { return std::views::iota(0, 3); }
  constexpr auto actions(int) const { return std::views::iota(0, count); }
  constexpr bool terminal(int) const { return false; }
  constexpr auto transition(int s, int a) const { return bellman::dirac{bellman::outcome{0.1 * s, (s + a + 1) % 3}}; }
};

constexpr auto solution = bellman::solve_at_compile_time<ring{}, 0.99>();
static_assert(solution.value.lower(0) < 10);
