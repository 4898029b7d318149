// SPDX-License-Identifier: BSL-1.0
#include <bellman/learning/per_state.hpp>

#include <bellman/decision/ending.hpp>
#include <bellman/learning/harmonic_step.hpp>
#include <bellman/learning/learner.hpp>
#include <bellman/learning/td_learning.hpp>
#include <bellman/learning/value_table.hpp>

#include <boost/rational.hpp>

#include "support/both_times.hpp"
#include "support/catch.hpp"

namespace per_state {

namespace b = bellman;
using b::test::true_at_both_times;
using fraction = boost::rational<long long>;

TEST_CASE("with harmonic steps per state each state has the mean of its own rewards, exactly") {
  CHECK(true_at_both_times([] {
    b::learner agent(b::value_table<fraction, int>{}, b::td_learning{.gamma = 0}, b::per_state{b::harmonic_step{}});
    for (int r : {1, 4, 7, 8}) agent.observe(0, 0, fraction(r), b::terminated{});
    for (int r : {2, 3}) agent.observe(1, 0, fraction(r), b::terminated{});
    return agent(0) == 5 && agent(1) == fraction(5, 2);
  }));
}

TEST_CASE("without it all steps are counted") {
  b::learner agent(b::value_table<fraction, int>{}, b::td_learning{.gamma = 0}, b::harmonic_step{});
  agent.observe(0, 0, fraction(6), b::terminated{});
  agent.observe(1, 0, fraction(6), b::terminated{});
  CHECK(agent(0) == 6);
  CHECK(agent(1) == 3);
}

}  // namespace per_state
