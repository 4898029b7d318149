// SPDX-License-Identifier: BSL-1.0
// rule: a_tolerance_must_not_be_negative

#include <bellman/decision/outcome.hpp>
#include <bellman/planning/solve_at_compile_time.hpp>
#include <bellman/probability/dirac.hpp>

#include <array>
#include <ranges>

struct ring {
  using state_type = int;
  using action_type = int;
  using reward_type = double;
  constexpr auto states() const { return std::views::iota(0, 3); }
  constexpr auto actions(int) const { return std::array{1}; }
  constexpr bool terminal(int) const { return false; }
  constexpr auto transition(int s, int a) const { return bellman::dirac{bellman::outcome{0.1 * s, (s + a) % 3}}; }
};

#ifdef CONTROL
constexpr auto solution = bellman::solve_at_compile_time<ring{}, 0.99, 0>();
#else
constexpr auto solution = bellman::solve_at_compile_time<ring{}, 0.99, -1e-9>();
#endif
static_assert(solution.value.lower(0) < 10);
