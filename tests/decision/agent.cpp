// SPDX-License-Identifier: BSL-1.0
#include <bellman/decision/agent.hpp>

#include <bellman/decision/rollout.hpp>

#include <cstddef>
#include <random>

#include "models/two_state_cycle.hpp"
#include "support/catch.hpp"

namespace {

using bellman::rollout;
using bellman::step_limit;
using cycle = models::two_state_cycle<double>;

// Counts what it has seen, and goes on as before.
struct counting_agent {
  std::size_t steps = 0;
  int operator()(int) const { return 1; }
  void improve(bellman::episode_of<cycle> const& seen) { steps += seen.size(); }
};

}  // namespace

TEST_CASE("an agent acts, and improves itself from what it sees") {
  STATIC_REQUIRE(bellman::agent_for<counting_agent, cycle>);
  STATIC_REQUIRE(!bellman::agent_for<decltype([](int) { return 1; }), cycle>);
  counting_agent agent;
  agent.improve(rollout(cycle{}, agent, 0, std::mt19937{}, step_limit{4}));
  agent.improve(rollout(cycle{}, agent, 1, std::mt19937{}, step_limit{3}));
  CHECK(agent.steps == 7);
}
