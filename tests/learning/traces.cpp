// SPDX-License-Identifier: BSL-1.0
#include <bellman/learning/traces.hpp>

#include <bellman/learning/learner.hpp>
#include <bellman/learning/linear_prediction.hpp>
#include <bellman/learning/td_learning.hpp>
#include <bellman/learning/value_table.hpp>

#include <array>
#include <vector>

#include <boost/rational.hpp>

#include "support/both_times.hpp"
#include "support/catch.hpp"

namespace traces {

namespace b = bellman;
using b::test::true_at_both_times;
using fraction = boost::rational<long long>;

// The same state twice, then an error of 1: with gamma = 1 and lambda = 1/2 its credit is 1 + 1/2, replaced 1. What is
// learned before has no error: all values are 0 and so are the rewards.
template <class Rule>
constexpr fraction twice_seen(Rule const& rule) {
  b::learner agent(b::value_table<fraction, int>{}, b::td_learning{.gamma = 1, .lambda = fraction(1, 2)}, rule);
  agent.observe(0, 0, fraction(0), 0);
  agent.observe(0, 0, fraction(1), 0);
  return agent(0);
}

TEST_CASE("a state that is seen twice has the credit of both or of one visit") {
  CHECK(true_at_both_times([] { return twice_seen(b::accumulating{fraction(1, 2)}) == fraction(3, 4); }));
  CHECK(true_at_both_times([] { return twice_seen(b::replacing{fraction(1, 2)}) == fraction(1, 2); }));
  // e = 1/2 alpha + alpha (1 - 1/2 alpha) with alpha = 1/2: 1/4 + 1/2 * 3/4.
  CHECK(true_at_both_times([] { return twice_seen(b::dutch{fraction(1, 2)}) == fraction(5, 8); }));
}

TEST_CASE("replacing traces of features replace where a feature is not zero") {
  b::linear_prediction const p(std::vector(2, fraction(0)), [](int s) {
    return s == 0 ? std::vector{b::feature{0, fraction(2)}} : std::vector{b::feature{1, fraction(3)}};
  });
  b::learner agent(p, b::td_learning{.gamma = 1, .lambda = fraction(1, 2)}, b::replacing{fraction(1)});
  agent.observe(0, 0, fraction(0), 1);
  agent.observe(0, 0, fraction(0), 1);
  agent.observe(1, 0, fraction(1), 0);
  CHECK(agent.prediction().weights() == std::vector{fraction(1), fraction(3)});
}

}  // namespace traces
