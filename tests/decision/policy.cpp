// SPDX-License-Identifier: BSL-1.0
#include <bellman/decision/policy.hpp>

#include <bellman/error.hpp>
#include <bellman/interop/boost_rational.hpp>
#include <bellman/probability/dirac.hpp>
#include <bellman/probability/distribution.hpp>
#include <bellman/probability/uniform.hpp>

#include <array>
#include <ranges>
#include <string>
#include <vector>

#include "models/recycling_robot.hpp"
#include "models/two_state_cycle.hpp"
#include "support/both_times.hpp"
#include "support/catch.hpp"

namespace {

using bellman::rational;
using models::battery;
using models::deed;
using robot = models::recycling_robot<double>;
using cycle = models::two_state_cycle<double>;

}  // namespace

TEST_CASE("a policy answers a state with an action or with a distribution over actions") {
  auto const an_action = [](battery) { return deed::wait; };
  auto const a_distribution = [](battery) { return bellman::dirac{deed::wait}; };
  auto const a_list = [](battery) { return std::array{bellman::weighted{deed::wait, 1.0}}; };
  auto const a_number = [](battery) { return 2; };
  auto const of_another_state = [](std::string const&) { return deed::wait; };
  auto const a_distribution_over_numbers = [](battery) { return bellman::dirac{"wait"}; };
  STATIC_REQUIRE(bellman::deterministic_policy_for<decltype(an_action), robot>);
  STATIC_REQUIRE(!bellman::stochastic_policy_for<decltype(an_action), robot>);
  STATIC_REQUIRE(bellman::stochastic_policy_for<decltype(a_distribution), robot>);
  STATIC_REQUIRE(bellman::stochastic_policy_for<decltype(a_list), robot>);
  STATIC_REQUIRE(bellman::policy_for<decltype(an_action), robot>);
  STATIC_REQUIRE(bellman::policy_for<decltype(a_list), robot>);
  STATIC_REQUIRE(!bellman::policy_for<decltype(a_number), robot>);
  STATIC_REQUIRE(!bellman::policy_for<decltype(of_another_state), robot>);
  STATIC_REQUIRE(!bellman::policy_for<decltype(a_distribution_over_numbers), robot>);
}

TEST_CASE("the distribution of a deterministic policy is certain of its action") {
  CHECK(bellman::test::true_at_both_times([] {
    auto const bold = [](int s) { return 1 - s; };
    auto const fair = [](int) { return bellman::uniform(std::views::iota(0, 2)); };
    auto const is = [](int a) { return [a](int x) { return rational(x == a ? 1 : 0); }; };
    return bellman::action_distribution<cycle>(bold, 0) == bellman::dirac{1} &&
           bellman::expectation(bellman::action_distribution<cycle>(fair, 0), is(1)) == rational(1, 2);
  }));
}

TEST_CASE("weights of a policy that are no distribution are refused when it is asked") {
  auto const half = [](int) { return std::vector{bellman::weighted{0, 0.5}}; };
  CHECK_THROWS_AS(bellman::action_distribution<cycle>(half, 0), bellman::invalid_value);
}
