// SPDX-License-Identifier: BSL-1.0
#include <bellman/decision/ending.hpp>
#include <bellman/decision/outcome.hpp>
#include <bellman/error.hpp>
#include <bellman/estimation/gae.hpp>
#include <bellman/interop/boost_multiprecision.hpp>
#include <bellman/planning/bounded_values.hpp>
#include <bellman/planning/finite_horizon.hpp>
#include <bellman/planning/fixed_point_of.hpp>
#include <bellman/planning/method.hpp>
#include <bellman/planning/model_builder.hpp>
#include <bellman/planning/solve.hpp>
#include <bellman/planning/state_value.hpp>
#include <bellman/planning/tabulate.hpp>
#include <bellman/probability/dirac.hpp>
#include <bellman/probability/weight.hpp>
#include <bellman/scalar/dual.hpp>
#include <bellman/scalar/internal/rounded.hpp>
#include <bellman/scalar/interval.hpp>
#include <bellman/value/bellman_operator.hpp>
#include <bellman/value/worst_case.hpp>

#include <boost/multiprecision/cpp_int.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <limits>
#include <random>
#include <ranges>
#include <type_traits>
#include <utility>
#include <vector>

#include "models/listed_mdp.hpp"
#include "models/two_state_cycle.hpp"
#include "planning/contains.hpp"
#include "support/approx_equal.hpp"
#include "support/catch.hpp"
#include "support/message_of.hpp"

namespace {

using bellman::dirac;
using bellman::outcome;
using bellman::test::approx_equal;
using bellman::test::contains;
using bellman::test::message_of;

// One state that comes back; each action pays its own reward.
template <class R>
struct bandit {
  using state_type = int;
  using action_type = int;
  using reward_type = R;
  std::vector<R> pays;

  auto states() const { return std::views::iota(0, 1); }
  auto actions(int) const { return std::views::iota(0, static_cast<int>(pays.size())); }
  bool terminal(int) const { return false; }
  auto transition(int s, int a) const { return dirac{outcome{pays[static_cast<std::size_t>(a)], s}}; }
};

// State 0 leads to state 1 and pays -6; from state 1 one may end for 5, stay for nothing, or go back for nothing.
struct loop_for_nothing {
  using state_type = int;
  using action_type = int;
  using reward_type = double;

  auto states() const { return std::views::iota(0, 3); }
  auto actions(int s) const { return std::views::iota(0, s == 0 ? 1 : 3); }
  bool terminal(int s) const { return s == 2; }
  auto transition(int s, int a) const {
    if (s == 0) return dirac{outcome{-6.0, 1}};
    if (a == 0) return dirac{outcome{5.0, 2}};
    return dirac{outcome{0.0, a == 1 ? 1 : 0}};
  }
};

}  // namespace

TEST_CASE("policy iteration ends where two actions are equal but for rounding") {
  using D = bellman::dual<double>;
  for (double gamma : {0.1, 0.3, 0.5, 0.7, 0.9, 0.99}) {
    auto const best = bellman::solve(bandit<double>{{1.0, 1.0, 1.0}}, D::variable(gamma));
    CHECK(approx_equal(best.value(0).value, 1 / (1 - gamma), 1e-12));
    CHECK(approx_equal(best.value(0).derivative[0], 1 / ((1 - gamma) * (1 - gamma)), 1e-12));
  }
}

TEST_CASE("optimal values do not depend on the unit of the rewards") {
  CHECK(approx_equal(bellman::solve(bandit<double>{{1e-14, 2e-14}}, 0.9).value(0), 2e-13, 1e-12));
  CHECK(approx_equal(bellman::solve(bandit<float>{{1.0f, 1.02f}}, 0.99).value(0), 102.0f, 1e-5f));
}

TEST_CASE("optimal intervals in a cycle enclose the value, or are refused where the choice is not certain") {
  using I = bellman::interval<double>;
  auto const certain = bellman::solve(bandit<I>{{I(0.0, 1.0), I(3.0, 3.5)}}, I(0.5));
  CHECK(certain.value(0).contains(6.0));
  CHECK(certain.value(0).contains(7.0));
  // Of a single state the values of all actions are known, and the best lies between the best of their bounds.
  auto const either = bellman::solve(bandit<I>{{I(0.0, 1.0), I(0.5, 2.0)}}, I(0.5));
  CHECK(either.value(0).lower() <= 1.0);
  CHECK(either.value(0).upper() >= 4.0);
  CHECK(either.value(0).upper() <= 4.001);
  CHECK(either.policy.optimal_actions(0).size() == 2);
  CHECK(bellman::solve(bandit<I>{{I(0.5, 2.0), I(0.0, 1.0)}}, I(0.5)).value(0) == either.value(0));
  CHECK(message_of([] {
          bellman::solve(models::two_state_cycle<I>{I(0.0, 1.0), I(0.5, 2.0), I(0.0), I(0.0)}, I(0.5));
        }) ==
        "bellman: in state 0 (0) the intervals of two action values overlap, so that it is not certain which is "
        "the best; among states that lead to each other it must be");
}

// A line of n states, in which staying pays 1, and 100 in the last; it takes a policy as many improvements to find the
// way. From the first state one may also go, for `bad`, to a state that leads back for `wide`.
template <class R>
models::listed_mdp<R> long_way(int n, R wide, R bad) {
  std::vector<models::listed_row<R>> rows;
  for (int s = 0; s < n - 1; ++s) {
    rows.push_back({s, 0, R(1), s, R(1)});
    rows.push_back({s, 1, R(1), s + 1, R(0)});
  }
  rows.push_back({n - 1, 0, R(1), n - 1, R(100)});
  rows.push_back({n - 1, 1, R(1), 0, R(0)});
  rows.push_back({0, 2, R(1), n, bad});
  rows.push_back({n, 0, R(1), 0, wide});
  return models::mdp_of_rows<R>(static_cast<std::size_t>(n) + 1, rows);
}

TEST_CASE("a policy is improved until it is the best, however large or wide another state's value is") {
  using I = bellman::interval<double>;
  using D = bellman::dual<double>;
  double const far = std::pow(0.9, 11) * 1000;
  auto const wide = bellman::solve(long_way<I>(12, I(-1000.0, 1000.0), I(-1e6)), I(9) / I(10)).value(0);
  CHECK(wide.lower() <= far * (1 + 1e-12));
  CHECK(far * (1 - 1e-12) <= wide.upper());
  CHECK(wide.width() < 1e-9);
  auto const large = bellman::solve(long_way<D>(12, D(1e25), D(-1e27)), D::variable(0.9)).value(0);
  CHECK(approx_equal(large.value, far, 1e-12));
  // d/dg 100 g^11 / (1 - g)
  CHECK(approx_equal(large.derivative[0], far * (11 / 0.9 + 1 / 0.1), 1e-12));
  CHECK(approx_equal(bellman::solve(long_way<double>(12, 1e25, -1e27), 0.9).value(0), far, 1e-12));
}

// A square in which a step costs 1 and slips aside with a probability of 1/10; it ends in the last corner. The first
// policy that ends takes so long that rounding hides what it costs to do something else.
template <class R = double>
struct slippery_square {
  using state_type = int;
  using action_type = int;
  using reward_type = R;
  int n;
  R step = R(-1.0);

  auto states() const { return std::views::iota(0, n * n); }
  auto actions(int) const { return std::views::iota(0, 4); }
  bool terminal(int s) const { return s == n * n - 1; }
  auto transition(int s, int a) const {
    auto const go = [&](int direction) {
      int const row = s / n;
      int const column = s % n;
      if (direction == 0 && row > 0) return s - n;
      if (direction == 1 && row < n - 1) return s + n;
      if (direction == 2 && column > 0) return s - 1;
      if (direction == 3 && column < n - 1) return s + 1;
      return s;
    };
    return std::array{bellman::weighted{outcome{step, go(a)}, 0.9},
                      bellman::weighted{outcome{step, go((a + 1) % 4)}, 0.1}};
  }
};

TEST_CASE("a policy that never ends is not said to gain where every step costs") {
  auto const swept = bellman::solve(slippery_square<double>{20}, 1.0, bellman::value_iteration{}).value;
  for (bellman::method const& how : {bellman::method(bellman::automatic{}), bellman::method(bellman::automatic{0.0}),
                                     bellman::method(bellman::elimination{})}) {
    auto const v = bellman::solve(slippery_square<double>{20}, 1.0, how).value;
    for (int s = 0; s < 400; s += 7) {
      CHECK(v.lower(s) <= swept.upper(s));
      CHECK(swept.lower(s) <= v.upper(s));
    }
  }
  // A value is so many times the cost of a step.
  using D = bellman::dual<double>;
  auto const with_derivative = bellman::solve(slippery_square<D>{20, D::variable(-1.0)}, D(1.0)).value(0);
  CHECK(approx_equal(with_derivative.value, swept(0), 1e-8));
  CHECK(approx_equal(with_derivative.derivative[0], -swept(0), 1e-8));
  CHECK(
      message_of([] {
        bellman::solve(slippery_square<double>{20, 1.0}, 1.0, bellman::elimination{});
      }) ==
      "bellman: from state 0 (0) a policy that never ends does better than any that ends: it gains for ever, and with "
      "a discount of 1 its return has no value; the discount must be below 1, or going on must cost something");
}

TEST_CASE("a method's cap counts the sweeps of a policy, too") {
  bellman::method how = bellman::iteration{};
  how.partial_sweeps = 1'000'000'000;
  how.most_sweeps = 100;
  CHECK_THROWS_AS(bellman::solve(slippery_square<double>{20}, 1.0, how), bellman::invalid_value);
}

TEST_CASE("what might gain for ever has no bounds") {
  using I = bellman::interval<double>;
  auto const env = [](I stay) {
    return models::mdp_of_rows<I>(2, {{0, 0, I(1.0), 0, stay}, {0, 1, I(1.0), 1, I(1.0)}});
  };
  CHECK(bellman::solve(env(I(-1.0, -0.5)), I(1.0)).value(0) == I(1.0));
  CHECK(contains(message_of([&] { bellman::solve(env(I(-1.0, 1.0)), I(1.0)); }), "it gains for ever"));
}

TEST_CASE("rewards that cancel in the mean of a table of outcomes count for its rounding") {
  // 1e17, 1 and -1e17 with 1/4, 1/2 and 1/4: the mean is 1/2, of which a sum in double loses all.
  auto const env = models::mdp_of_rows<double>(2, {{0, 0, 0.25, 1, 1e17}, {0, 0, 0.5, 1, 1.0}, {0, 0, 0.25, 1, -1e17}});
  auto const v = bellman::state_value(bellman::tabulate_outcomes(env), [](auto) { return 0; }, 0.5);
  CHECK(v.lower(0) <= 0.5);
  CHECK(v.upper(0) >= 0.5);
}

TEST_CASE("what may never end is refused, however little is known of its probabilities") {
  using I = bellman::interval<double>;
  // Two states that lead to each other; the second ends with a probability of 0 to 1.
  auto const env = models::mdp_of_rows<I>(
      3, {{0, 0, I(1.0), 1, I(1.0)}, {1, 0, I(0.0, 1.0), 0, I(1.0)}, {1, 0, I(0.0, 1.0), 2, I(1.0)}});
  auto const only = [](int) { return 0; };
  CHECK(contains(message_of([&] { bellman::state_value(env, only, I(1.0)); }),
                 "it is not certain that the policy ends"));
  CHECK(bellman::state_value(env, only, I(0.5)).lower(0) <= 1.5);
}

TEST_CASE("vectors whose components leave the range of the numbers are refused, as numbers are") {
  using V = std::array<double, 2>;
  bellman::model_builder<V, double> builder(2);
  builder.add(0, 0, 1, 1.0, V{1e308, 1.0});
  builder.add(1, 0, 0, 1.0, V{1e308, 1.0});
  auto const env = std::move(builder).build();
  for (bellman::method const& how : {bellman::method(bellman::automatic{}), bellman::method(bellman::iteration{})}) {
    auto const only = [](bellman::index_t) { return bellman::index_t{0}; };
    CHECK_THROWS_AS(bellman::state_value(env, only, 0.99, how), bellman::invalid_value);
  }
}

TEST_CASE("of intervals the action is taken that is sure to be worth most") {
  using I = bellman::interval<double>;
  auto const env = models::mdp_of_rows<I>(2, {{0, 0, I(1.0), 1, I(1.0, 3.0)}, {0, 1, I(1.0), 1, I(2.0, 4.0)}});
  auto const [v, pi] = bellman::solve(env, I(0.5));
  CHECK(v(0) == I(2.0, 4.0));
  CHECK(pi.action(0) == 1);
  CHECK(pi.optimal_actions(0).size() == 2);
  // The other may be as good, but whoever follows it may be worth 1.
  auto const followed = pi(0);
  REQUIRE(followed.begin() != followed.end());
  for (auto const& e : followed) CHECK(e.value == 1);
}

TEST_CASE("with derivatives, what is best and how far values may be off is told by the values") {
  using D = bellman::dual<double>;
  // A path pays 1, then e and then -1, which in floating point is nothing; e / 2 at once is worse.
  double const e = std::ldexp(1.0, -60);
  auto const env = models::mdp_of_rows<D>(
      4, {{0, 0, D(1), 3, D(e / 2)}, {0, 1, D(1), 1, D(1)}, {1, 0, D(1), 2, D(e)}, {2, 0, D(1), 3, D(-1)}});
  auto const plan = bellman::finite_horizon(env, 1, 3);
  auto const best = plan.policy(3).optimal_actions(0);
  CHECK(std::ranges::count(best, 1) == 1);
  CHECK(e <= plan.value(3).upper(0).value);
  CHECK(plan.value(3).lower(0).value <= e);
  // The worst outcome pays nothing, the mean 2.
  auto const by_chance = models::mdp_of_rows<D>(2, {{0, 0, D(0.5), 1, D(0)}, {0, 0, D(0.5), 1, D(4)}});
  auto const worst = bellman::solve(by_chance, D(0.5), bellman::worst_case{});
  CHECK(worst.value(0) == D(0));
  CHECK(worst.value.error_bound().value < 1e-12);
}

TEST_CASE("a soft maximum has a derivative by the discount and by the temperature") {
  using D = bellman::dual<double, 2>;
  // tau log((exp(1 / tau) + 1) / 2), a step later.
  auto const env =
      models::mdp_of_rows<D>(3, {{0, 0, D(1), 1, D(0)}, {1, 0, D(1), 2, D(1)}, {1, 1, D(1), 2, D(0)}});
  auto const found =
      bellman::fixed_point_of(bellman::bellman_soft(bellman::tabulate(env), D(0.5, {1, 0}), D(2.0, {0, 1})));
  double const soft = 2 * std::log((std::exp(0.5) + 1) / 2);
  double const slope = soft / 2 - 0.5 * std::exp(0.5) / (std::exp(0.5) + 1);
  CHECK(approx_equal(found.values[0].value, 0.5 * soft, 1e-14));
  CHECK(approx_equal(found.values[0].derivative[0], soft, 1e-14));
  CHECK(approx_equal(found.values[0].derivative[1], 0.5 * slope, 1e-13));
}

TEST_CASE("states to rest in, however many, are led out of in one pass") {
  // A corridor in which nothing is paid but at its end, and one may step back: one state to rest in.
  std::vector<models::listed_row<double>> rows;
  int const n = 20'000;
  for (int s = 0; s < n; ++s) {
    rows.push_back({s, 0, 1.0, s == 0 ? 0 : s - 1, 0.0});
    rows.push_back({s, 1, 1.0, s + 1, s + 1 == n ? 1.0 : 0.0});
  }
  auto const [v, pi] = bellman::solve(models::mdp_of_rows<double>(static_cast<std::size_t>(n) + 1, rows), 1.0);
  CHECK(v(0) == 1.0);
  CHECK(pi.action(0) == 1);
  CHECK(pi.action(n - 1) == 1);
}

TEST_CASE("steps that keep different shares of what follows are brought to rest by every method") {
  // v(0) = -1 + 7/8 (3/4 v(0) + 1/4 v(1)) and v(1) = 1 + 7/8 5/8 v(0): v(0) = -25/32 / (459/2048).
  auto const env = models::mdp_of_rows<double>(
      3, {{0, 0, 0.75, 0, -1.0}, {0, 0, 0.25, 1, -1.0}, {1, 0, 0.625, 0, 1.0}, {1, 0, 0.375, 2, 1.0}});
  double const exact = -25.0 / 32 / (459.0 / 2048);
  auto const table = bellman::tabulate(env);
  auto const optimality = bellman::bellman_optimality(table, 0.875);
  auto const is_right = [&](auto const& found) {
    CHECK(found.stopped == bellman::stop::certified);
    CHECK(found.below[0] + found.above[0] <= 1e-8);
    CHECK(approx_equal(found.values[0], exact, 1e-8));
  };
  for (bellman::method const& how :
       {bellman::method(bellman::value_iteration{1e-10}), bellman::method(bellman::iteration{1e-10}),
        bellman::method(bellman::gauss_seidel{1e-10})}) {
    is_right(bellman::fixed_point_of(optimality, how));
    is_right(bellman::fixed_point_of(bellman::bellman_soft(table, 0.875, 0.5), how));
  }
}

TEST_CASE("every sweep brings values nearer, whatever small model it is of") {
  std::mt19937 random(7);
  auto const below = [&](unsigned n) { return static_cast<int>(random() % n); };
  auto const has_come_near = [](bellman::bounded_values<double> const& found) {
    CHECK(found.stopped != bellman::stop::cap);
    CHECK(*std::max_element(found.below.begin(), found.below.end()) <= 2e-5);
    CHECK(*std::max_element(found.above.begin(), found.above.end()) <= 2e-5);
  };
  for (int k = 0; k < 300; ++k) {
    int const n = 2 + below(4);
    std::vector<models::listed_row<double>> rows;
    for (int s = 0; s < n; ++s) {
      for (int a = 0; a < 2; ++a) {
        double const p = (1 + below(7)) / 8.0;
        double const reward = below(3) - 1;
        int const first = below(static_cast<unsigned>(n) + 1);
        int const second = below(static_cast<unsigned>(n) + 1);
        if (first == second) {
          rows.push_back({s, a, 1.0, first, reward});
        } else {
          rows.push_back({s, a, p, first, reward});
          rows.push_back({s, a, 1 - p, second, reward});
        }
      }
    }
    auto const table = bellman::tabulate(models::mdp_of_rows<double>(static_cast<std::size_t>(n) + 1, rows));
    auto const greedy = bellman::bellman_optimality(table, 0.9);
    for (bellman::method const& how :
         {bellman::method(bellman::value_iteration{1e-6}), bellman::method(bellman::iteration{1e-6})}) {
      has_come_near(bellman::fixed_point_of(greedy, how));
    }
    has_come_near(bellman::fixed_point_of(bellman::bellman_soft(table, 0.9, 0.1), bellman::automatic{1e-6}));
  }
}

TEST_CASE("exact numbers that no double holds are solved exactly") {
  using Q = boost::multiprecision::cpp_rational;
  Q const large(boost::multiprecision::pow(boost::multiprecision::cpp_int(10), 400));
  // Two states that lead to each other for `large`; each may end for three times that.
  auto const env = models::mdp_of_rows<Q>(3, {{0, 0, Q(1), 1, large}, {0, 1, Q(1), 2, 3 * large},
                                              {1, 0, Q(1), 0, large}, {1, 1, Q(1), 2, 3 * large}});
  auto const [v, pi] = bellman::solve(env, Q(1, 2));
  CHECK(v(0) == 3 * large);
  CHECK(pi.action(0) == 1);
  auto const near = models::mdp_of_rows<Q>(2, {{0, 0, Q(1), 1, Q(1e308)}, {1, 0, Q(1), 0, Q(1e308)}});
  CHECK(bellman::solve(near, Q(99, 100)).value(0) == 100 * Q(1e308));
}

TEST_CASE("an exponential encloses the number, however little is known of the exponent") {
  for (double const error : {1e-3, 0.5, 1.5, 300.05, 500.7}) {
    for (double x = -200.3; x < 200; x += 13.37) {
      auto const y = exp(bellman::internal::rounded<double>(x, error));
      auto const most = std::exp(static_cast<long double>(x) + static_cast<long double>(error));
      CHECK(static_cast<long double>(y.value) + static_cast<long double>(y.error) >= most);
    }
  }
}

TEST_CASE("a reward that is no finite number is refused") {
  double const nan = std::numeric_limits<double>::quiet_NaN();
  double const infinite = std::numeric_limits<double>::infinity();
  CHECK_THROWS_AS(bellman::solve(bandit<double>{{1.0, nan}}, 0.5), bellman::invalid_value);
  CHECK_THROWS_AS(bellman::solve(bandit<double>{{-infinite, 1.0}}, 0.5, bellman::iteration{}), bellman::invalid_value);
}

TEST_CASE("with a discount of 1 a loop for nothing is no better than what it could end with") {
  auto const best = bellman::solve(loop_for_nothing{}, 1);
  CHECK(best.value(0) == -1.0);
  CHECK(best.value(1) == 5.0);
}

TEST_CASE("gae of integer rewards is of the values' type") {
  std::vector<int> const rewards{0, 0, 1};
  std::vector<double> const values{0.25, 0.5, 0.75};
  auto const e = bellman::gae(rewards, values, bellman::terminated{}, {.gamma = 1, .lambda = 1});
  STATIC_REQUIRE(std::is_same_v<decltype(e.advantages), std::vector<double>>);
  CHECK(e.advantages == std::vector<double>{0.75, 0.5, 0.25});
}
