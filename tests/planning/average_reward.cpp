// SPDX-License-Identifier: BSL-1.0
#include <bellman/planning/average_reward.hpp>

#include <bellman/decision/outcome.hpp>
#include <bellman/interop/boost_multiprecision.hpp>
#include <bellman/interop/boost_rational.hpp>
#include <bellman/planning/state_value.hpp>
#include <bellman/planning/stationary_distribution.hpp>
#include <bellman/probability/dirac.hpp>
#include <bellman/probability/distribution.hpp>
#include <bellman/scalar/dual.hpp>
#include <bellman/scalar/interval.hpp>
#include <bellman/value/bellman_operator.hpp>

#include <array>
#include <cmath>
#include <string>
#include <type_traits>
#include <vector>

#include <rapidcheck.h>

#include "models/listed_mdp.hpp"
#include "models/random_mdp.hpp"
#include "planning/cases.hpp"
#include "planning/chains.hpp"
#include "planning/contains.hpp"
#include "support/both_times.hpp"
#include "support/catch.hpp"
#include "support/message_of.hpp"

namespace average_reward_tests {

using bellman::average_reward;
using bellman::rational;
using bellman::rational512;
using bellman::test::contains;
using bellman::test::cycle;
using bellman::test::gambler;
using bellman::test::go_round;
using bellman::test::message_of;
using bellman::test::one;
using bellman::test::only_action;
using bellman::test::ring;
using bellman::test::true_at_both_times;
using bellman::test::two_places;
using bellman::test::walk;

TEST_CASE("an average reward is gain and bias of a policy") {
  CHECK(true_at_both_times([] {
    // Puterman, section 8.2: of two places g = a / (a + b), and h(1) - h(0) = 1 / (a + b).
    rational const a(1, 3), b(1, 4);
    auto const [gain, bias] = average_reward(two_places(a, b), only_action);
    return gain.value == a / (a + b) && gain.lower == gain.value && gain.upper == gain.value &&
           bias(1) - bias(0) == one / (a + b) && b * bias(0) + a * bias(1) == rational(0);
  }));
  CHECK(true_at_both_times([] {
    auto const [gain, bias] = average_reward(cycle{}, go_round);
    return gain.value == one && bias(0) == one && bias(1) == -one;
  }));
  CHECK(true_at_both_times([] {
    // Place 0 of five pays 5: each step from 1 on loses 1 against the mean until it is paid again.
    auto const [gain, bias] = average_reward(ring<rational>(5), only_action);
    return gain.value == one && bias(0) == rational(2) && bias(1) == rational(-2) && bias(4) == rational(1);
  }));
}

TEST_CASE("what ends pays nothing in the long run, and its bias is the value without a discount") {
  // One place to end in.
  auto const env = models::mdp_of_rows<rational>(
      3, {{0, 0, rational(1, 2), 1, one}, {0, 0, rational(1, 2), 0, one}, {1, 0, one, 2, rational(5)}});
  auto const [gain, bias] = average_reward(env, only_action);
  auto const v = bellman::state_value(env, only_action, one);
  CHECK(gain.value == rational(0));
  CHECK(gain.upper == rational(0));
  for (int s = 0; s < 3; ++s) CHECK(bias(s) == v(s));
}

TEST_CASE("an average reward that depends on where one begins is refused") {
  CHECK(contains(message_of([] { average_reward(gambler(3, rational(1, 2)), only_action); }),
                 "the policy has 2 recurrent classes, sets of states that it never leaves: {0 (0)}, {3 (3)}"));
  auto const stay = [](int) { return 0; };
  CHECK(contains(message_of([&] { average_reward(cycle{}, stay); }), "{0 (0)}, {1 (1)}"));
  CHECK(average_reward(cycle{}, stay, 1).gain.value == one);
  CHECK(average_reward(cycle{}, stay, 0).gain.value == rational(0));
}

TEST_CASE("the gain of random policies is the mean of the rewards over the stationary distribution") {
  CHECK(rc::check("exactly", [] {
    auto const model = models::random_mdp<rational512>(models::endings::some);
    if (!message_of([&] { average_reward(model.env, model.policy); }).empty()) {
      RC_ASSERT(!message_of([&] { bellman::stationary_distribution(model.env, model.policy); }).empty());
      return;
    }
    auto const [gain, bias] = average_reward(model.env, model.policy);
    auto const mu = bellman::stationary_distribution(model.env, model.policy);
    RC_ASSERT(gain.value == mu.expected_reward());
    RC_ASSERT(gain.lower == gain.value && gain.upper == gain.value);
    auto const after = bellman::bellman_expectation(model.env, model.policy, rational512(1))(bias);
    rational512 mean(0);
    for (int s : model.env.states()) {
      mean = mean + mu(s) * bias(s);
      if (!model.env.terminal(s)) RC_ASSERT(after(s) == gain.value + bias(s));
    }
    RC_ASSERT(mean == rational512(0));
    // v = g / (1 - gamma) + h + what vanishes with 1 - gamma.
    rational512 const rest = rational512(1) / rational512(1LL << 40);
    auto const v = bellman::state_value(model.env, model.policy, rational512(1) - rest);
    for (int s : model.env.states()) {
      if (model.env.terminal(s)) continue;
      RC_ASSERT(std::abs(bellman::to_double(rational512(v(s) - gain.value / rest - bias(s)))) < 1e-4);
    }
  }));
}

TEST_CASE("in floating point the gain of random policies lies within its bounds") {
  CHECK(rc::check("and they are close", [] {
    int const n = *rc::gen::inRange(2, 30);
    // Sixty-fourths, which are doubles.
    int const p = *rc::gen::inRange(1, 64);
    rational512 const exact = average_reward(walk(n, rational512(p, 64)), only_action).gain.value;
    auto const gain = average_reward(walk(n, p / 64.0), only_action).gain;
    double const x = bellman::to_double(exact);
    RC_ASSERT(gain.lower <= gain.value && gain.value <= gain.upper);
    // The nearest double is within a rounding of the exact one.
    RC_ASSERT(gain.lower <= x * (1 + 1e-15) && x * (1 - 1e-15) <= gain.upper);
    RC_ASSERT(std::abs(gain.value - x) <= 1e-12 * x + (gain.upper - gain.lower));
    RC_ASSERT(gain.upper - gain.lower < 1e-11);
  }));
}

TEST_CASE("of intervals the gain has its own bounds, and derivatives are carried along") {
  using enclosed = bellman::interval<double>;
  auto const gain = average_reward(two_places(enclosed(0.25, 0.5), enclosed(0.5)), only_action).gain;
  CHECK(gain.lower.lower() <= 1.0 / 3);
  CHECK(0.5 <= gain.upper.upper());
  using number = bellman::dual<double>;
  // d/da a / (a + b) = b / (a + b)^2
  auto const of_dual = average_reward(two_places(number::variable(0.25), number(0.5)), only_action).gain;
  CHECK(std::abs(of_dual.value.derivative[0] - 0.5 / 0.5625) < 1e-14);
}

TEST_CASE("an average reward asks for rewards with an order, a policy and perhaps where to begin") {
  using policy = int (*)(int);
  using fn = decltype(average_reward);
  STATIC_REQUIRE(std::is_invocable_v<fn, cycle, policy>);
  STATIC_REQUIRE(std::is_invocable_v<fn, cycle, policy, int>);
  STATIC_REQUIRE_FALSE(std::is_invocable_v<fn, cycle, int>);
  STATIC_REQUIRE_FALSE(std::is_invocable_v<fn, cycle, policy, std::string>);
}

// Says where it begins by a reference to what it has.
struct with_its_own_start {
  using state_type = int;
  using action_type = int;
  using reward_type = double;

  std::vector<bellman::weighted<int, double>> first;

  std::vector<bellman::weighted<int, double>> const& start() const { return first; }
  std::array<int, 1> actions(int) const { return {0}; }
  bool terminal(int) const { return false; }
  auto transition(int s, int) const { return bellman::dirac{bellman::outcome{1.0 * s, 1 - s}}; }
};

TEST_CASE("where episodes begin is asked of the environment that is held, not of one that was moved from") {
  // It pays 0 and 1 in turn.
  auto const g = bellman::average_reward(with_its_own_start{{{0, 0.5}, {1, 0.5}}}, [](int) { return 0; }).gain;
  CHECK((g.lower <= 0.5 && 0.5 <= g.upper));
}

}  // namespace average_reward_tests
