// SPDX-License-Identifier: BSL-1.0
#include <bellman/learning/learning_target.hpp>

#include <bellman/learning/expected_sarsa.hpp>
#include <bellman/learning/sarsa.hpp>
#include <bellman/learning/td_learning.hpp>
#include <bellman/learning/value_table.hpp>
#include <bellman/probability/categorical.hpp>
#include <bellman/probability/distribution.hpp>

#include <array>
#include <cstddef>
#include <vector>

#include "support/both_times.hpp"
#include "support/catch.hpp"

namespace learning_target {

namespace b = bellman;
using b::test::true_at_both_times;

TEST_CASE("targets are targets, and nothing else is") {
  STATIC_REQUIRE(b::learning_target<b::td_learning<double>>);
  STATIC_REQUIRE(b::learning_target<b::sarsa<double, double>>);
  STATIC_REQUIRE_FALSE(b::learning_target<double>);
  STATIC_REQUIRE_FALSE(b::learning_target<b::value_table<double, int>>);
}

TEST_CASE("a state is worth the mean over the answer, and its gradient is the mean of theirs") {
  CHECK(true_at_both_times([] {
    auto const answer = [](int) { return b::categorical(std::array{b::weighted{0, 0.25}, b::weighted{1, 0.75}}); };
    b::expected_sarsa const target{.policy = answer, .gamma = 0.5};
    b::value_table<double, int, int> q(8.0);
    q.gradient([](std::size_t, double) {}, 3, 1);
    q.weights()[0] = 4.0;
    std::vector<double> slopes(2, 0.0);
    b::of_actions::value_gradient(target, q, [&](std::size_t i, double d) { slopes[i] = d; }, 3);
    return b::of_actions::value(target, q, 3) == 5.0 && slopes == std::vector{0.75, 0.25};
  }));
}

}  // namespace learning_target
