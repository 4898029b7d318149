// SPDX-License-Identifier: BSL-1.0
#include <bellman/value/soft_policy.hpp>

#include <bellman/decision/outcome.hpp>
#include <bellman/decision/policy.hpp>
#include <bellman/error.hpp>
#include <bellman/probability/distribution.hpp>
#include <bellman/scalar/exponential.hpp>
#include <bellman/value/action_value.hpp>
#include <bellman/value/bellman_operator.hpp>

#include <array>
#include <cstddef>
#include <type_traits>
#include <vector>

#include "models/listed_mdp.hpp"
#include "models/recycling_robot.hpp"
#include "support/approx_equal.hpp"
#include "support/catch.hpp"
#include "support/message_of.hpp"

namespace soft_policy_tests {

using bellman::soft_policy;
using bellman::weighted;
using bellman::test::absolutely_close;
using bellman::test::message_of;
using models::battery;
using models::deed;

models::recycling_robot<double> const robot{};
double v(battery s) { return s == battery::high ? 3.0 : 1.0; }

// `E_pi[q] - tau KL(pi, mu)` in the low state.
template <class Policy, class Reference>
double worth(Policy const& pi, Reference const& mu, double tau) {
  auto const q = bellman::action_value(robot, 0.5, v);
  double total = 0;
  std::size_t i = 0;
  for (auto const& e : pi) {
    if (0 < e.probability) {
      total += e.probability * (q(battery::low, e.value) - tau * bellman::log(e.probability / mu[i]));
    }
    ++i;
  }
  return total;
}

TEST_CASE("it is a softmax of the action values") {
  auto const pi = soft_policy(robot, 0.5, 0.25, v);
  auto const q = bellman::action_value(robot, 0.5, v);
  for (auto const s : robot.states()) {
    auto const answer = pi(s);
    double total = 0;
    for (auto const& e : answer) {
      auto const& first = answer.front();
      CHECK(absolutely_close(bellman::log(e.probability / first.probability),
                             (q(s, e.value) - q(s, first.value)) / 0.25, 1e-12));
      total += e.probability;
    }
    CHECK(absolutely_close(total, 1.0, 1e-15));
    CHECK(answer.size() == robot.actions(s).size());
  }
  STATIC_REQUIRE(bellman::stochastic_policy_for<decltype(pi), models::recycling_robot<double>>);
}

TEST_CASE("it attains the operator's value, and no policy has more, entropy being paid for") {
  std::array const third{1.0 / 3, 1.0 / 3, 1.0 / 3};
  double const tau = 0.7;
  auto const next = bellman::bellman_soft(robot, 0.5, tau)(v);
  double const best = worth(soft_policy(robot, 0.5, tau, v)(battery::low), third, tau);
  CHECK(absolutely_close(best, next(battery::low), 1e-14));
  for (int i = 0; i <= 10; ++i) {
    for (int j = 0; i + j <= 10; ++j) {
      std::array const other{weighted{deed::search, i / 10.0}, weighted{deed::wait, j / 10.0},
                             weighted{deed::recharge, (10 - i - j) / 10.0}};
      CHECK(worth(other, third, tau) < best);
    }
  }
}

TEST_CASE("relative to a reference policy, which it is for action values that are alike") {
  auto const reference = [](battery s) {
    using point = weighted<deed, double>;
    if (s == battery::high) return std::vector<point>{{deed::search, 0.9}, {deed::wait, 0.1}};
    return std::vector<point>{{deed::search, 0.5}, {deed::wait, 0.0}, {deed::recharge, 0.5}};
  };
  auto const pi = soft_policy(robot, 0.5, 1e6, v, reference);
  CHECK(absolutely_close(pi(battery::high)[0].probability, 0.9, 1e-5));
  CHECK(pi(battery::low)[1].probability == 0.0);
  auto const close = soft_policy(robot, 0.5, 0.5, v, reference);
  std::array const mu{0.5, 1.0, 0.5};
  auto const next = bellman::bellman_soft(robot, 0.5, 0.5, reference)(v);
  CHECK(absolutely_close(worth(close(battery::low), mu, 0.5), next(battery::low), 1e-14));
}

TEST_CASE("what the reference never does is not looked at, however much it is worth") {
  auto const env = models::mdp_of_rows<double>(
      2, {{0, 0, 1.0, 1, 1.0}, {0, 1, 1.0, 1, 1e300}, {0, 2, 1.0, 1, -1e300}, {0, 3, 1.0, 1, 1.0}});
  auto const reference = [](int) {
    return std::array{weighted{0, 0.5}, weighted{1, 0.0}, weighted{2, 0.0}, weighted{3, 0.5}};
  };
  auto const nothing = [](int) { return 0.0; };
  CHECK(bellman::bellman_soft(env, 1.0, 0.25, reference)(nothing)(0) == 1.0);
  auto const answer = soft_policy(env, 1.0, 0.25, nothing, reference)(0);
  REQUIRE(answer.size() == 4);
  CHECK(answer[0].probability == 0.5);
  CHECK(answer[1].probability == 0.0);
  CHECK(answer[2].probability == 0.0);
  CHECK(answer[3].probability == 0.5);
}

TEST_CASE("a state without actions has no softmax, and a reference that draws nothing none either") {
  struct dead_end {
    using state_type = int;
    using action_type = int;
    using reward_type = double;

    std::vector<int> actions(int) const { return {}; }
    bool terminal(int) const { return false; }
    std::array<weighted<bellman::outcome<double, int>, double>, 1> transition(int, int) const { return {}; }
  };
  auto const nothing = [](int) { return 0.0; };
  CHECK(message_of([&] { soft_policy(dead_end{}, 0.5, 1.0, nothing)(0); }) ==
        "bellman: the state 0 is not terminal and has no actions; it needs at least one");
  auto const never = [](battery) { return std::array{weighted{deed::search, 0.0}}; };
  CHECK_THROWS_AS(bellman::bellman_soft(robot, 0.5, 1.0, never)(v)(battery::low), bellman::invalid_value);
}

}  // namespace soft_policy_tests
