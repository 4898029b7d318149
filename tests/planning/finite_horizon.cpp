// SPDX-License-Identifier: BSL-1.0
#include <bellman/planning/finite_horizon.hpp>

#include <bellman/decision/outcome.hpp>
#include <bellman/decision/reward.hpp>
#include <bellman/decision/rollout.hpp>
#include <bellman/decision/trajectories.hpp>
#include <bellman/interop/boost_multiprecision.hpp>
#include <bellman/interop/boost_rational.hpp>
#include <bellman/planning/solve.hpp>
#include <bellman/planning/state_value.hpp>
#include <bellman/planning/tabulate.hpp>
#include <bellman/probability/dirac.hpp>
#include <bellman/probability/distribution.hpp>
#include <bellman/probability/uniform.hpp>
#include <bellman/scalar/coordinates.hpp>
#include <bellman/value/bellman_operator.hpp>
#include <bellman/value/return.hpp>
#include <bellman/value/worst_case.hpp>

#include <array>
#include <cstddef>
#include <ranges>
#include <type_traits>
#include <vector>

#include "models/listed_mdp.hpp"
#include "models/recycling_robot.hpp"
#include "models/textbook.hpp"
#include "models/token_tree.hpp"
#include "planning/cases.hpp"
#include "planning/contains.hpp"
#include "support/both_times.hpp"
#include "support/catch.hpp"
#include "support/message_of.hpp"

namespace finite_horizon_tests {

using bellman::by_steps_to_go;
using bellman::finite_horizon;
using bellman::finite_horizon_value;
using bellman::rational;
using bellman::test::contains;
using bellman::test::cycle;
using bellman::test::go_round;
using bellman::test::half;
using bellman::test::message_of;
using bellman::test::one;
using bellman::test::true_at_both_times;

// Puterman's stock, sections 3.2 and 4.6.1: a state is what is in stock, and each month is like the others.
template <class R>
struct stock {
  using state_type = int;
  using action_type = int;
  using reward_type = R;

  constexpr auto states() const { return std::views::iota(0, 4); }
  constexpr auto actions(int s) const { return std::views::iota(0, 4 - s); }
  constexpr bool terminal(int) const { return false; }
  constexpr auto transition(int s, int a) const {
    int const there = s + a;
    auto const with_demand = [&](int demand, R const& p) {
      int const sold = demand < there ? demand : there;
      R const reward = R(8 * sold - there - (a > 0 ? 4 + 2 * a : 0));
      return bellman::weighted{bellman::outcome{reward, there - sold}, p};
    };
    R const quarter = R(1) / R(4);
    return std::array{with_demand(0, quarter), with_demand(1, R(1) / R(2)), with_demand(2, quarter)};
  }
};

// Two states, in each of which one may stay or go.
template <class R>
constexpr auto two_ways() {
  return models::mdp_of_rows<R>(2, {{0, 0, R(1) / R(2), 0, R(1)},
                                    {0, 0, R(1) / R(2), 1, R(1)},
                                    {0, 1, R(1), 1, R(0)},
                                    {1, 0, R(1), 1, R(1) / R(3)},
                                    {1, 1, R(1), 0, R(-1)}});
}

constexpr rational at_the_end(int s) { return s == 0 ? rational(5, 2) : rational(-1, 3); }

// The expected return of k steps, as it is defined: over all of their courses.
template <class E, class Policy, class End>
constexpr rational expected_return(E const& env, Policy const& policy, rational const& gamma, int s, std::size_t k,
                                   End const& end) {
  auto const paths = bellman::trajectories(env, policy, s, bellman::step_limit{k});
  return bellman::expectation(paths, [&](auto const& path) {
    if (path.has_terminated()) return bellman::discounted_return(path.rewards, gamma);
    return bellman::discounted_return(path.rewards, bellman::truncated{end(path.states.back())}, gamma);
  });
}

// Whether a plan of n steps is worth the most that a policy is, even one that changes with time, and its own is worth
// it.
constexpr bool no_policy_does_better(std::size_t n) {
  auto const env = two_ways<rational>();
  auto const plan = finite_horizon(env, half, n, at_the_end);
  std::array<rational, 2> best{rational(-100), rational(-100)};
  for (int code = 0; code < (1 << (2 * n)); ++code) {
    // What is done with k to go in s is a digit.
    auto const policy = by_steps_to_go{[code](std::size_t k) {
      return [code, k](int s) { return (code >> (2 * (k - 1) + static_cast<std::size_t>(s))) & 1; };
    }};
    auto const v = finite_horizon_value(env, policy, half, n, at_the_end);
    for (int s : {0, 1}) {
      auto& most = best[static_cast<std::size_t>(s)];
      if (most < v.value(n)(s)) most = v.value(n)(s);
    }
  }
  auto const own =
      finite_horizon_value(env, by_steps_to_go{[&](std::size_t k) { return plan.policy(k); }}, half, n, at_the_end);
  for (int s : {0, 1}) {
    if (plan.value(n)(s) != best[static_cast<std::size_t>(s)] || own.value(n)(s) != plan.value(n)(s)) return false;
  }
  return plan.value(0)(0) == rational(5, 2) && plan.value(0)(1) == rational(-1, 3);
}

TEST_CASE("Puterman's stock for three months, exactly") {
  CHECK(true_at_both_times([] {
    auto const plan = finite_horizon(stock<rational>{}, 1, 3);
    std::array const values{std::array{rational(0), rational(0), rational(0), rational(0)},
                            std::array{rational(0), rational(5), rational(6), rational(5)},
                            std::array{rational(2), rational(25, 4), rational(10), rational(21, 2)},
                            std::array{rational(67, 16), rational(129, 16), rational(194, 16), rational(227, 16)}};
    std::array const orders{std::array{0, 0, 0, 0}, std::array{2, 0, 0, 0}, std::array{3, 0, 0, 0}};
    for (std::size_t k = 0; k <= 3; ++k) {
      for (int s = 0; s < 4; ++s) {
        auto const i = static_cast<std::size_t>(s);
        if (plan.value(k)(s) != values[k][i] || plan.value(k).error_bound() != rational(0)) return false;
        if (k == 0) continue;
        auto const best = plan.policy(k).optimal_actions(s);
        if (best.size() != 1 || best.front() != orders[k - 1][i] || plan.policy(k).action(s) != orders[k - 1][i]) {
          return false;
        }
      }
    }
    return plan.steps() == 3;
  }));
}

TEST_CASE("the same where the month is part of the state") {
  CHECK(true_at_both_times([] {
    auto const plan = finite_horizon(stock<rational>{}, one, 3);
    auto const all = bellman::solve(models::inventory<rational>{}, one);
    for (int s = 0; s < 12; ++s) {
      auto const k = static_cast<std::size_t>(3 - s / 4);
      if (plan.value(k)(s % 4) != all.value(s)) return false;
      if (plan.policy(k).optimal_actions(s % 4).front() != all.policy.optimal_actions(s).front()) return false;
    }
    return true;
  }));
}

TEST_CASE("the value of a policy is its expected return, whatever it does when") {
  CHECK(true_at_both_times([] {
    auto const env = two_ways<rational>();
    auto const mixed = [](int s) {
      return std::array{bellman::weighted{0, rational(s + 1, 3)}, bellman::weighted{1, rational(2 - s, 3)}};
    };
    auto const v = finite_horizon_value(env, mixed, rational(3, 4), 3, at_the_end);
    for (std::size_t k = 0; k <= 3; ++k) {
      for (int s : {0, 1}) {
        if (v.value(k)(s) != expected_return(env, mixed, rational(3, 4), s, k, at_the_end)) return false;
      }
    }
    return true;
  }));
}

TEST_CASE("no policy does better, even one that changes with time, and the plan's own does as well") {
  CHECK(true_at_both_times([] { return no_policy_does_better(2); }));
  CHECK(no_policy_does_better(3));
}

TEST_CASE("each step is one application of the operator, and what ends is worth nothing at the end") {
  CHECK(true_at_both_times([] {
    auto const env = models::random_walk<rational>{};
    auto const nine = [](int) { return rational(9); };
    auto const plan = finite_horizon(env, half, 4, nine);
    auto const T = bellman::bellman_optimality(env, half);
    for (std::size_t k = 1; k <= 4; ++k) {
      for (int s = 0; s < 7; ++s) {
        if (plan.value(k)(s) != T(plan.value(k - 1))(s)) return false;
      }
    }
    return plan.value(0)(3) == rational(9) && plan.value(0)(0) == rational(0) && plan.value(4)(6) == rational(0);
  }));
}

TEST_CASE("closed forms: a cycle without a discount, and a long horizon with one") {
  CHECK(true_at_both_times([] {
    // From 0 to 1 pays 3, back -1: after 2 m steps 2 m.
    auto const v = finite_horizon_value(cycle{}, go_round, one, 8);
    return v.value(8)(0) == rational(8) && v.value(7)(0) == rational(9) && v.value(8)(1) == rational(8) &&
           v.value(1)(1) == rational(-1);
  }));
  auto const plan = finite_horizon(models::recycling_robot<double>{}, 0.5, 60);
  auto const best = bellman::solve(models::recycling_robot<double>{}, 0.5);
  for (auto const s : models::recycling_robot<double>::batteries) {
    CHECK(plan.value(60).lower(s) <= best.value.upper(s));
    CHECK(best.value(s) - plan.value(60)(s) < 1e-14);
  }
}

TEST_CASE("of what can be reached from a start, with or without a value at the end") {
  CHECK(true_at_both_times([] {
    using bellman::test::tree;
    models::answer const a = models::answer{}.followed_by('a');
    auto const whole = bellman::solve(tree{}, one, a);
    auto const plan = finite_horizon(tree{}, one, 8, a);
    auto const with_end = finite_horizon(tree{}, one, 1, a, [](models::answer const&) { return rational(50); });
    return plan.value(8)(a) == whole.value(a) && rational(40) < with_end.value(1)(a) &&
           plan.value(8).table().size() == whole.value.table().size();
  }));
}

TEST_CASE("bounds hold what rounding has done") {
  auto const rounded = finite_horizon(two_ways<double>(), 0.75, 40);
  auto const exact = finite_horizon(two_ways<bellman::rational512>(), bellman::rational512(3, 4), 40);
  for (int s : {0, 1}) {
    // A double is a fraction of a power of two, and so is what is scaled by one.
    auto const fraction = [](double x) { return bellman::rational512(static_cast<long long>(x * 0x1p58), 1LL << 58); };
    auto const v = rounded.value(40);
    bellman::rational512 const room(1, 1LL << 55);  // 1/3 is a double in the one and a third in the other
    CHECK(fraction(v.lower(s)) <= exact.value(40)(s) + room);
    CHECK(exact.value(40)(s) <= fraction(v.upper(s)) + room);
    CHECK(0.0 < v.upper(s) - v.lower(s));
    CHECK(v.error_bound() < 1e-13);
  }
}

TEST_CASE("what rounding alone tells apart is a tie") {
  auto const two_payments = [](double later) {
    return models::mdp_of_rows<double>(3, {{0, 0, 1.0, 1, 0.1}, {0, 1, 1.0, 2, 0.3}, {1, 0, 1.0, 2, later}});
  };
  auto const best = finite_horizon(two_payments(0.2), 1.0, 2).policy(2);
  CHECK(best.optimal_actions(0).size() == 2);
  CHECK(finite_horizon(two_payments(0.2 + 1e-14), 1.0, 2).policy(2).optimal_actions(0).size() == 1);
  CHECK(finite_horizon(two_payments(0.2), 1.0, 2).policy(1).action(0) == 1);
}

TEST_CASE("the worst outcome over a horizon, and vectors of rewards") {
  CHECK(true_at_both_times([] {
    auto const env = models::mdp_of_rows<rational>(
        2, {{0, 0, half, 0, rational(1)}, {0, 0, half, 0, rational(3)}, {0, 1, one, 0, rational(3, 2)}});
    return finite_horizon(env, one, 3, bellman::worst_case{}).value(3)(0) == rational(9, 2) &&
           finite_horizon(env, one, 3).value(3)(0) == rational(6);
  }));
  CHECK(true_at_both_times([] {
    using vector = bellman::coordinates<rational, 2>;
    auto const env = bellman::with_reward(cycle{}, [](int s, int) { return vector{rational(s), rational(1)}; });
    auto const v = finite_horizon_value(env, go_round, half, 3);
    return v.value(3)(1) == vector{rational(5, 4), rational(7, 4)};
  }));
}

TEST_CASE("what is wrong with a horizon is said") {
  CHECK(contains(message_of([] { finite_horizon(cycle{}, half, -1); }), "the number of steps is -1"));
  auto const plan = finite_horizon(cycle{}, half, 2);
  CHECK(contains(message_of([&] { plan.value(3); }), "has 2 steps, and 3 to go"));
  CHECK(contains(message_of([&] { plan.policy(0); }), "with no step to go there is no action"));
  CHECK(contains(message_of([&] { finite_horizon(cycle{}, rational(3, 2), 1); }), "the discount is 3/2"));
  using refused = decltype(finite_horizon);
  STATIC_REQUIRE(!std::is_invocable_v<refused const&, cycle, rational, double>);
  STATIC_REQUIRE(!std::is_invocable_v<refused const&, cycle, rational, bool>);
  STATIC_REQUIRE(!std::is_invocable_v<refused const&, cycle, rational, int, std::vector<double>>);
}

}  // namespace finite_horizon_tests
