// SPDX-License-Identifier: BSL-1.0
#include <bellman/learning/learning_rule.hpp>

#include <bellman/learning/at_end_of_episode.hpp>
#include <bellman/learning/gradient_correction.hpp>
#include <bellman/learning/least_squares.hpp>
#include <bellman/learning/n_steps.hpp>
#include <bellman/learning/traces.hpp>

#include <string>

#include "learning/small_world.hpp"
#include "support/catch.hpp"

namespace learning_rule {

namespace b = bellman;
using world = learning_models::small_world<double>;

TEST_CASE("what is a rule for which numbers") {
  STATIC_REQUIRE(b::learning_rule<b::accumulating<double>, double>);
  STATIC_REQUIRE(b::learning_rule<b::replacing<double>, float>);
  STATIC_REQUIRE(b::learning_rule<b::dutch<double>, double>);
  STATIC_REQUIRE(b::learning_rule<b::at_end_of_episode<b::accumulating<double>>, double>);
  STATIC_REQUIRE(b::learning_rule<b::gradient_correction<double>, double>);
  STATIC_REQUIRE(b::learning_rule<b::least_squares<double>, double>);
  STATIC_REQUIRE(b::learning_rule<b::recursive_least_squares<double>, double>);
  STATIC_REQUIRE(b::learning_rule<b::n_steps<world, double>, double>);
  STATIC_REQUIRE_FALSE(b::learning_rule<double, double>);
  STATIC_REQUIRE_FALSE(b::learning_rule<b::accumulating<double>, int>);
  STATIC_REQUIRE_FALSE(b::learning_rule<b::accumulating<std::string>, double>);
  STATIC_REQUIRE_FALSE(b::learning_rule<b::accumulating<double>, std::string>);
  STATIC_REQUIRE_FALSE(b::learning_rule<b::at_end_of_episode<int>, double>);
}

}  // namespace learning_rule
