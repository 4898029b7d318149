// SPDX-License-Identifier: BSL-1.0
// rule: a_transition_must_lead_to_a_listed_state

#include <bellman/decision/outcome.hpp>
#include <bellman/planning/solve_at_compile_time.hpp>
#include <bellman/probability/dirac.hpp>

#include <array>
#include <ranges>

#ifdef CONTROL
inline constexpr int count = 4;
#else
inline constexpr int count = 3;
#endif

struct corridor {
  using state_type = int;
  using action_type = int;
  using reward_type = double;
  constexpr auto states() const { return std::views::iota(0, count); }
  constexpr auto actions(int) const { return std::array{1}; }
  constexpr bool terminal(int s) const { return s == 3; }
  constexpr auto transition(int s, int a) const { return bellman::dirac{bellman::outcome{1.0, s + a}}; }
};

constexpr auto solution = bellman::solve_at_compile_time<corridor{}, 0.5>();
static_assert(solution.value(0) == 1.75);
