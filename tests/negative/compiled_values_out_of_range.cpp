// SPDX-License-Identifier: BSL-1.0
// rule: values_must_stay_in_the_range_of_the_numbers

#include <bellman/decision/outcome.hpp>
#include <bellman/planning/solve_at_compile_time.hpp>
#include <bellman/probability/dirac.hpp>

#include <array>
#include <ranges>

#ifdef CONTROL
inline constexpr double paid = 1e300;
#else
inline constexpr double paid = 1e308;
#endif

struct ring {
  using state_type = int;
  using action_type = int;
  using reward_type = double;
  constexpr auto states() const { return std::views::iota(0, 3); }
  constexpr auto actions(int) const { return std::array{1}; }
  constexpr bool terminal(int) const { return false; }
  constexpr auto transition(int s, int a) const { return bellman::dirac{bellman::outcome{paid, (s + a) % 3}}; }
};

constexpr auto solution = bellman::solve_at_compile_time<ring{}, 0.99>();
static_assert(solution.value.lower(0) <= 1e302);
