// SPDX-License-Identifier: BSL-1.0
#include <bellman/learning/objective.hpp>

#include <bellman/decision/outcome.hpp>
#include <bellman/decision/start.hpp>
#include <bellman/decision/trajectories.hpp>
#include <bellman/error.hpp>
#include <bellman/planning/state_value.hpp>
#include <bellman/probability/bind.hpp>
#include <bellman/probability/categorical.hpp>
#include <bellman/probability/dirac.hpp>
#include <bellman/probability/distribution.hpp>
#include <bellman/probability/uniform.hpp>
#include <bellman/scalar/dual.hpp>
#include <bellman/value/return.hpp>

#include <array>
#include <vector>

#include <boost/rational.hpp>

#include "models/path.hpp"
#include "models/recycling_robot.hpp"
#include "models/token_tree.hpp"
#include "models/two_state_cycle.hpp"
#include "support/approx_equal.hpp"
#include "support/both_times.hpp"
#include "support/catch.hpp"

namespace {

using bellman::objective;
using bellman::weighted;
using bellman::test::approx_equal;
using bellman::test::true_at_both_times;
using rational = boost::rational<long long>;

// Prefers a to b to the end, more so the longer the answer.
constexpr auto talker = [](models::answer const& s) {
  auto const n = static_cast<long long>(s.size);
  return bellman::categorical(std::array{weighted{'a', rational(2 + n, 4 + n)}, weighted{'b', rational(1, 4 + n)},
                                         weighted{'.', rational(1, 4 + n)}});
};

// Goes with probability p from state 0, always from state 1.
template <class P>
constexpr auto goes(P const& p) {
  return [p](int s) {
    using point = weighted<int, P>;
    // Not by `?:`, of whose two vectors g++ 12 destroys one too early in a constant expression.
    if (s == 0) return std::vector{point{0, 1 - p}, point{1, p}};
    return std::vector{point{1, P(1)}};
  };
}

}  // namespace

TEST_CASE("the objective of a path is its return") {
  CHECK(true_at_both_times([] {
    models::path const env{std::array{rational(1), rational(-2), rational(8)}};
    auto const onwards = [](std::size_t) { return 0; };
    return objective(env, onwards, rational(1, 2)) == 2 && objective(env, onwards, rational(1)) == 7 &&
           objective(env, onwards, rational(1, 2), std::size_t{1}) == 2 &&
           objective(env, onwards, rational(1, 2), std::size_t{3}) == 0;
  }));
}

TEST_CASE("the objective is the expectation of the return over whole trajectories") {
  CHECK(true_at_both_times([] {
    models::token_tree<rational> const env;
    rational const gamma(2, 3);
    auto const R = [&](auto const& tau) { return bellman::discounted_return(tau.rewards, gamma); };
    rational const J = objective(env, talker, gamma);
    // "ab." is right with 2/4 * 1/5 * 1/6; a token costs 1/10; an answer goes on with 3/4, then 4/5.
    rational const closed = gamma * gamma * rational(1, 60) -
                            rational(1, 10) * (1 + gamma * rational(3, 4) + gamma * gamma * rational(3, 5));
    return J == closed && J == bellman::expectation(bellman::trajectories(env, talker, models::answer{}), R);
  }));
}

TEST_CASE("the objective is the expectation of the value over start states") {
  CHECK(true_at_both_times([] {
    using enum models::battery;
    models::recycling_robot<rational> const env;
    rational const gamma(1, 2);
    auto const pi = [](models::battery s) { return s == high ? models::deed::search : models::deed::recharge; };
    auto const v = bellman::state_value(env, pi, gamma);
    auto const start = bellman::categorical(std::array{weighted{high, rational(1, 3)}, weighted{low, rational(2, 3)}});
    rational const mean = v(high) / 3 + v(low) * 2 / 3;
    return objective(env, pi, gamma, start) == mean && objective(bellman::with_start(env, start), pi, gamma) == mean &&
           objective(env, pi, gamma, low) == v(low) && objective(env, pi, gamma, bellman::dirac{high}) == v(high) &&
           objective(env, pi, gamma, bellman::uniform(models::recycling_robot<rational>::batteries)) ==
               (v(high) + v(low)) / 2;
  }));
}

TEST_CASE("the objective over start states is that over trajectories from them") {
  CHECK(true_at_both_times([] {
    models::token_tree<rational> const env;
    auto const R = [](auto const& tau) { return bellman::discounted_return(tau.rewards, rational(1)); };
    models::answer const a = models::answer{}.followed_by('a');
    auto const start = bellman::categorical(
        std::array{weighted{a, rational(3, 4)}, weighted{models::answer{}.followed_by('b'), rational(1, 4)}});
    auto const trajectories =
        bellman::bind(start, [&](models::answer const& s) { return bellman::trajectories(env, talker, s); });
    return objective(env, talker, rational(1), start) == bellman::expectation(trajectories, R);
  }));
}

TEST_CASE("the objective carries the derivatives of a policy's probabilities") {
  // V(0) = p (3 - gamma) / ((1 - gamma) (1 + gamma p)), dV(0)/dp = (3 - gamma) / ((1 - gamma) (1 + gamma p)^2)
  CHECK(true_at_both_times([] {
    models::two_state_cycle<rational> const env;
    rational const gamma(1, 2);
    rational const p(1, 3);
    auto const J = objective(env, goes(bellman::dual<rational>::variable(p)), gamma, 0);
    rational const bottom = 1 + gamma * p;
    return J.value == p * (3 - gamma) / ((1 - gamma) * bottom) &&
           J.derivative[0] == (3 - gamma) / ((1 - gamma) * bottom * bottom);
  }));
  CHECK(true_at_both_times([] {
    auto const J = objective(models::two_state_cycle<double>{}, goes(bellman::dual<double>::variable(0.25)), 0.75, 0);
    double const bottom = 1 + 0.75 * 0.25;
    return approx_equal(J.value, 2.25 / bottom, 1e-14) && approx_equal(J.derivative[0], 9 / (bottom * bottom), 1e-13);
  }));
}

TEST_CASE("a probability that is zero and about to grow counts in the derivative") {
  CHECK(true_at_both_times([] {
    models::two_state_cycle<rational> const env;
    auto const J = objective(env, goes(bellman::dual<rational>::variable(0)), rational(1, 2), 0);
    return J.value == 0 && J.derivative[0] == 5;  // (3 - 1/2) / (1 - 1/2)
  }));
}

TEST_CASE("a discount that the objective cannot have is refused") {
  auto const pi = [](int) { return 0; };
  models::two_state_cycle<double> const env;
  CHECK_THROWS_AS(objective(env, pi, 1.5, 0), bellman::invalid_value);
  CHECK_THROWS_AS(objective(env, pi, -0.5, 0), bellman::invalid_value);
  CHECK_THROWS_AS(objective(env, pi, 1.0, 0), bellman::invalid_value);  // the policy never ends
  CHECK_NOTHROW(objective(env, pi, 0.5, 0));
}

TEST_CASE("start states whose weights do not sum to one are refused") {
  auto const pi = [](int) { return 0; };
  models::two_state_cycle<double> const env;
  auto const from = [](double p, double q) { return std::vector{weighted{0, p}, weighted{1, q}}; };
  CHECK_THROWS_AS(objective(env, pi, 0.5, from(0.5, 0.25)), bellman::invalid_value);
  CHECK_THROWS_AS(objective(env, pi, 0.5, from(1.5, -0.5)), bellman::invalid_value);
  CHECK_THROWS_AS(objective(bellman::with_start(env, from(0.5, 0.75)), pi, 0.5), bellman::invalid_value);
  CHECK_NOTHROW(objective(env, pi, 0.5, from(0.5, 0.5)));
}

TEST_CASE("the objective of a walk that ends at either end is the probability to end at the right one") {
  // Gambler's ruin: V(s) = s / 4.
  struct walk {
    using state_type = int;
    using action_type = int;
    using reward_type = rational;
    constexpr auto actions(int) const { return std::array{-1, 1}; }
    constexpr bool terminal(int s) const { return s == 0 || s == 4; }
    constexpr auto transition(int s, int a) const {
      return bellman::dirac{bellman::outcome{rational(s + a == 4), s + a}};
    }
  };
  CHECK(true_at_both_times([] {
    auto const coin = [](int) { return bellman::uniform(std::array{-1, 1}); };
    bellman::categorical const start{std::array{weighted{1, rational(1, 3)}, weighted{3, rational(2, 3)}}};
    return objective(walk{}, coin, 1, start) == rational(1, 3) * rational(1, 4) + rational(2, 3) * rational(3, 4) &&
           objective(bellman::with_start(walk{}, std::vector{weighted{1, rational(1)}}), coin, 1) == rational(1, 4);
  }));
}
