// SPDX-License-Identifier: BSL-1.0

#include <bellman/decision/policy.hpp>
#include <bellman/decision/reward.hpp>
#include <bellman/decision/rollout.hpp>
#include <bellman/decision/start.hpp>
#include <bellman/decision/trajectories.hpp>

#include <functional>
#include <random>
#include <string>
#include <type_traits>
#include <vector>

#include "models/two_state_cycle.hpp"
#include "support/catch.hpp"
#include "support/refusals.hpp"

namespace decision_refusals {

using bellman::test::arguments;
using bellman::test::except;
using bellman::test::word;
using bellman::test::wrong_answers;

using cycle = models::two_state_cycle<double>;
using policy = int (*)(int);
using beginning = std::vector<bellman::weighted<int>>;

constexpr auto at_a_place = bellman::action_distribution<cycle>;

TEST_CASE("what follows a policy asks for an environment, a policy for it and a state") {
  using random = std::mt19937&;
  CHECK(wrong_answers<bellman::rollout>(arguments<cycle, policy, int, random>{}, except<2, int>{}) == "");
  CHECK(wrong_answers<bellman::trajectories>(arguments<cycle, policy, int>{}, except<2, int>{}) == "");
  CHECK(wrong_answers<bellman::trajectories>(arguments<cycle, policy, beginning>{}, except<2, int>{}) == "");
  CHECK(wrong_answers<at_a_place>(arguments<policy, int>{}, except<1, int>{}) == "");
  STATIC_REQUIRE(
      std::is_invocable_v<decltype(bellman::rollout), std::reference_wrapper<cycle const>, policy, int, random>);
  STATIC_REQUIRE_FALSE(
      std::is_invocable_v<decltype(bellman::rollout), std::reference_wrapper<word>, policy, int, random>);
}

TEST_CASE("a state that is an integer is named by an integer") {
  using random = std::mt19937&;
  STATIC_REQUIRE_FALSE(std::is_invocable_v<decltype(bellman::rollout), cycle, policy, double, random>);
  STATIC_REQUIRE_FALSE(std::is_invocable_v<decltype(bellman::rollout), cycle, policy, char, random>);
  STATIC_REQUIRE_FALSE(std::is_invocable_v<decltype(bellman::trajectories), cycle, policy, double>);
  STATIC_REQUIRE(std::is_invocable_v<decltype(bellman::rollout), cycle, policy, short, random>);
}

TEST_CASE("what changes an environment asks for one and for what is to change") {
  CHECK(wrong_answers<bellman::with_reward>(arguments<cycle, double (*)(int, int)>{}) == "");
  CHECK(wrong_answers<bellman::with_start>(arguments<cycle, beginning>{}) == "");
  STATIC_REQUIRE_FALSE(std::is_invocable_v<decltype(bellman::verifiable<int>), bool (*)(int)>);
}

TEST_CASE("an action that is an integer is named by an integer, a state in a distribution likewise") {
  STATIC_REQUIRE_FALSE(bellman::policy_for<double (*)(int), cycle>);
  STATIC_REQUIRE_FALSE(bellman::policy_for<std::vector<bellman::weighted<double>> (*)(int), cycle>);
  STATIC_REQUIRE_FALSE(bellman::distribution_over<std::vector<bellman::weighted<double>>, int>);
  STATIC_REQUIRE_FALSE(
      std::is_invocable_v<decltype(bellman::with_start), cycle, std::vector<bellman::weighted<double>>>);
}

TEST_CASE("a reward pays something that can be added up") {
  STATIC_REQUIRE_FALSE(std::is_invocable_v<decltype(bellman::with_reward), cycle, void (*)(int, int)>);
  STATIC_REQUIRE_FALSE(std::is_invocable_v<decltype(bellman::with_reward), cycle, std::string (*)(int, int)>);
  auto const of_a_text = [](std::string const&) { return true; };
  STATIC_REQUIRE_FALSE(
      std::is_invocable_v<decltype(bellman::with_reward), cycle, decltype(bellman::verifiable<double>(of_a_text))>);
}

}  // namespace decision_refusals
