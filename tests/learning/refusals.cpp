// SPDX-License-Identifier: BSL-1.0

#include <bellman/learning/objective.hpp>
#include <bellman/learning/policy_gradient.hpp>
#include <bellman/scalar/dual.hpp>

#include <string>
#include <type_traits>
#include <vector>

#include "models/two_state_cycle.hpp"
#include "support/catch.hpp"
#include "support/refusals.hpp"

// Of its own, so that the names below are those of no other file of one translation unit.
namespace refusals_of_learning {

namespace learning_refusals {

using bellman::test::arguments;
using bellman::test::except;
using bellman::test::word;
using bellman::test::wrong_answers;

using cycle = models::two_state_cycle<double>;
using policy = int (*)(int);
using chances = std::vector<bellman::weighted<int, bellman::dual<double>>> (*)(int);

TEST_CASE("the objective asks for an environment, a policy, a discount and where to begin") {
  CHECK(wrong_answers<bellman::objective>(arguments<cycle, policy, double, int>{}, except<2, int>{},
                                          except<3, int>{}) == "");
  STATIC_REQUIRE_FALSE(std::is_invocable_v<decltype(bellman::objective), cycle, policy, double, double>);
}

TEST_CASE("its gradient asks for probabilities that are dual numbers") {
  CHECK(wrong_answers<bellman::policy_gradient>(arguments<cycle, chances, double, int>{}, except<2, int>{},
                                                except<3, int>{}) == "");
  STATIC_REQUIRE_FALSE(std::is_invocable_v<decltype(bellman::policy_gradient), cycle, policy, double, int>);
}

}  // namespace refusals_of_learning

}  // namespace learning_refusals
