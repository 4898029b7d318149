// SPDX-License-Identifier: BSL-1.0
#include <bellman/learning/policy_gradient.hpp>

#include <bellman/decision/start.hpp>
#include <bellman/error.hpp>
#include <bellman/learning/objective.hpp>
#include <bellman/probability/categorical.hpp>
#include <bellman/probability/distribution.hpp>
#include <bellman/probability/softmax.hpp>
#include <bellman/probability/uniform.hpp>
#include <bellman/scalar/coordinates.hpp>
#include <bellman/scalar/dual.hpp>

#include <array>
#include <cstddef>
#include <ranges>
#include <vector>

#include <boost/rational.hpp>

#include "models/recycling_robot.hpp"
#include "models/token_tree.hpp"
#include "models/two_state_cycle.hpp"
#include "support/approx_equal.hpp"
#include "support/both_times.hpp"
#include "support/catch.hpp"

namespace {

using bellman::dual;
using bellman::objective;
using bellman::policy_gradient;
using bellman::weighted;
using bellman::test::approx_equal;
using bellman::test::at_run_time;
using bellman::test::true_at_both_times;
using rational = boost::rational<long long>;

// theta_0 : theta_1 : 1 for a, b and the end, in every state.
template <class P>
constexpr auto shares(P const& a, P const& b) {
  return [a, b](models::answer const&) {
    P const total = a + b + 1;
    return bellman::categorical(
        std::array{weighted{'a', a / total}, weighted{'b', b / total}, weighted{'.', 1 / total}});
  };
}

// With a high battery it searches with probability x, with a low one it searches with x y and recharges otherwise.
template <class P>
constexpr auto robot_policy(P const& x, P const& y) {
  return [x, y](models::battery s) {
    using point = weighted<models::deed, P>;
    P const p = s == models::battery::high ? x : x * y;
    return std::vector{point{models::deed::search, p},
                       point{s == models::battery::high ? models::deed::wait : models::deed::recharge, 1 - p}};
  };
}

struct bandit {
  using state_type = int;
  using action_type = std::size_t;
  using reward_type = double;
  std::array<double, 3> pay;

  constexpr auto states() const { return std::views::iota(0, 2); }
  constexpr auto actions(int) const { return std::views::iota(std::size_t{0}, std::size_t{3}); }
  constexpr bool terminal(int s) const { return s == 1; }
  constexpr auto start() const { return bellman::dirac{0}; }
  constexpr auto transition(int, std::size_t a) const { return bellman::dirac{bellman::outcome{pay[a], 1}}; }
};

// Whether the theorem's gradient is the objective's, exactly.
template <class E, class Policy, class Start>
constexpr bool theorem_holds(E const& env, Policy const& pi, rational const& gamma, Start const& start) {
  return policy_gradient(env, pi, gamma, start).components == objective(env, pi, gamma, start).derivative;
}

}  // namespace

TEST_CASE("the policy gradient of a token tree is the derivative of the objective, exactly") {
  CHECK(true_at_both_times([] {
    using d = dual<rational, 2>;
    auto const pi = shares(d::variable(rational(2), 0), d::variable(rational(1, 2), 1));
    return theorem_holds(models::token_tree<rational>{}, pi, rational(1), models::answer{});
  }));
  using d = dual<rational, 2>;
  auto const pi = shares(d::variable(rational(2), 0), d::variable(rational(1, 2), 1));
  CHECK(theorem_holds(models::token_tree<rational>{}, pi, at_run_time(rational(2, 3)), models::answer{}));
}

TEST_CASE("the policy gradient of a token tree has its closed form") {
  // Undiscounted, J = x y / (1 + x + y)^3 - (1 + q + q^2) / 10 with q = (x + y) / (1 + x + y), at x = 1, y = 2:
  // J_x = y (1 + y - 2 x) / (1 + x + y)^4 - (1 + 2 q) q_x / 10 with q_x = q_y = 1 / (1 + x + y)^2
  CHECK(true_at_both_times([] {
    using d = dual<rational, 2>;
    auto const pi = shares(d::variable(rational(1), 0), d::variable(rational(2), 1));
    auto const gradient = policy_gradient(models::token_tree<rational>{}, pi, rational(1));
    rational const cost = rational(5, 2) * rational(1, 16) / 10;
    return gradient[0] == rational(2, 256) - cost && gradient[1] == rational(-2, 256) - cost;
  }));
}

TEST_CASE("the policy gradient of a process that never ends is the derivative of the objective, exactly") {
  CHECK(true_at_both_times([] {
    using d = dual<rational, 2>;
    auto const pi = robot_policy(d::variable(rational(2, 3), 0), d::variable(rational(1, 4), 1));
    return theorem_holds(models::recycling_robot<rational>{}, pi, rational(1, 2), models::battery::high);
  }));
  using d = dual<rational, 2>;
  auto const pi = robot_policy(d::variable(rational(2, 3), 0), d::variable(rational(1, 4), 1));
  CHECK(theorem_holds(models::recycling_robot<rational>{}, pi, at_run_time(rational(1, 2)), models::battery::low));
}

TEST_CASE("the policy gradient from a distribution is the mean of those from its states") {
  CHECK(true_at_both_times([] {
    using d = dual<rational, 2>;
    models::recycling_robot<rational> const env;
    auto const pi = robot_policy(d::variable(rational(2, 3), 0), d::variable(rational(1, 4), 1));
    rational const gamma(1, 2);
    auto const start = bellman::uniform(models::recycling_robot<rational>::batteries);
    auto const mean = policy_gradient(env, pi, gamma, start);
    return mean == (policy_gradient(env, pi, gamma, models::battery::high) +
                    policy_gradient(env, pi, gamma, models::battery::low)) /
                       2 &&
           policy_gradient(bellman::with_start(env, start), pi, gamma) == mean;
  }));
}

TEST_CASE("the policy gradient of a softmax over a bandit has its closed form") {
  // dJ/dz_k = pi_k (r_k - sum_a pi_a r_a)
  CHECK(true_at_both_times([] {
    using d = dual<double, 3>;
    bandit const env{{1.0, 4.0, -2.0}};
    auto const pi = [](int) {
      return bellman::softmax(
          std::array{d::variable(0.0, 0), d::variable(bellman::log(2.0), 1), d::variable(bellman::log(5.0), 2)});
    };
    std::array<double, 3> const p{0.125, 0.25, 0.625};
    double const mean = 0.125 * 1 + 0.25 * 4 - 0.625 * 2;
    auto const gradient = policy_gradient(env, pi, 1.0);
    auto const J = objective(env, pi, 1.0);
    for (std::size_t k = 0; k < 3; ++k) {
      double const closed = p[k] * (env.pay[k] - mean);
      if (!approx_equal(gradient[k], closed, 1e-13) || !approx_equal(J.derivative[k], closed, 1e-13)) return false;
    }
    return approx_equal(J.value, mean, 1e-13);
  }));
}

TEST_CASE("the policy gradient is zero where the policy does not depend on its parameters") {
  CHECK(true_at_both_times([] {
    using d = dual<rational, 2>;
    auto const pi = shares(d(rational(1)), d(rational(2)));
    auto const gradient = policy_gradient(models::token_tree<rational>{}, pi, rational(1));
    return gradient == bellman::coordinates<rational, 2>{};
  }));
}

TEST_CASE("the policy gradient counts what is about to become possible") {
  // With p = 0 the cycle stays in state 0 for ever; dV/dp = (3 - gamma) / (1 - gamma).
  CHECK(true_at_both_times([] {
    auto const p = dual<rational>::variable(0);
    auto const pi = [p](int s) {
      using point = weighted<int, dual<rational>>;
      if (s == 0) return std::vector{point{0, 1 - p}, point{1, p}};
      return std::vector{point{1, dual<rational>(1)}};
    };
    return policy_gradient(models::two_state_cycle<rational>{}, pi, rational(1, 2), 0)[0] == 5;
  }));
}

TEST_CASE("a gradient is refused with the discounts that a value is refused with") {
  auto const pi = [](int) { return std::vector{weighted<int, dual<double>>{0, dual<double>(1.0)}}; };
  models::two_state_cycle<double> const env;
  CHECK_THROWS_AS(policy_gradient(env, pi, 1.5, 0), bellman::invalid_value);
  CHECK_THROWS_AS(policy_gradient(env, pi, 1.0, 0), bellman::invalid_value);  // the policy never ends
  CHECK_NOTHROW(policy_gradient(env, pi, 0.5, 0));
}
