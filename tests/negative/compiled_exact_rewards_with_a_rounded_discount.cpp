// SPDX-License-Identifier: BSL-1.0
// refused: this_discount_cannot_be_used_with_these_rewards_and_exact_rewards_need_an_exact_one

#include <bellman/decision/outcome.hpp>
#include <bellman/planning/solve_at_compile_time.hpp>
#include <bellman/probability/dirac.hpp>
#include <boost/rational.hpp>

#include <array>
#include <ranges>
#include <ratio>

struct coin {
  using state_type = int;
  using action_type = int;
  using reward_type = boost::rational<int>;
  constexpr auto states() const { return std::views::iota(0, 2); }
  constexpr auto actions(int) const { return std::array{0, 1}; }
  constexpr bool terminal(int s) const { return s == 1; }
  constexpr auto transition(int, int a) const { return bellman::dirac{bellman::outcome{reward_type(1, 2), a}}; }
};

#ifdef CONTROL
constexpr auto solution = bellman::solve_at_compile_time<coin{}, std::ratio<1, 2>{}>();
static_assert(solution.value(0) == 1);
#else
constexpr auto solution = bellman::solve_at_compile_time<coin{}, 0.5>();
#endif
