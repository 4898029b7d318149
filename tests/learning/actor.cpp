// SPDX-License-Identifier: BSL-1.0
#include <bellman/learning/actor.hpp>

#include <bellman/decision/episode.hpp>
#include <bellman/learning/harmonic_step.hpp>
#include <bellman/learning/policy_family.hpp>
#include <bellman/probability/categorical.hpp>
#include <bellman/probability/distribution.hpp>

#include <array>
#include <cmath>
#include <limits>
#include <vector>

#include <boost/rational.hpp>

#include "support/both_times.hpp"
#include "support/catch.hpp"
#include "support/message_of.hpp"

namespace actor {

namespace b = bellman;
using b::test::message_of;
using b::test::true_at_both_times;
using fraction = boost::rational<long long>;

constexpr auto shares = [](auto const& theta, int) {
  auto const total = theta[0] + theta[1];
  return b::categorical(std::array{b::weighted{0, theta[0] / total}, b::weighted{1, theta[1] / total}});
};

TEST_CASE("an actor goes along its scores, step by step or for an episode") {
  CHECK(true_at_both_times([] {
    b::policy_family const pi(shares, std::array{fraction(2), fraction(3)});
    b::actor online(pi, fraction(1, 10));
    online.observe(0, 0, fraction(10));  // the score is (3/10, -1/5)
    auto const& w = online.policy().weights();
    bool const right = w[0] == fraction(23, 10) && w[1] == fraction(14, 5);
    b::actor whole(pi, fraction(1, 10));
    b::episode<int, int, fraction> seen{{0, 0, 0}, {0, 1}, {fraction(0), fraction(0)}, {}};
    whole.improve(seen, std::array{fraction(10), fraction(-5)});
    // The score of action 1 is (-1/5, 2/15).
    auto const& x = whole.policy().weights();
    return right && x[0] == fraction(2) + fraction(3, 10) + fraction(1, 10) &&
           x[1] == fraction(3) - fraction(1, 5) - fraction(1, 15);
  }));
}

TEST_CASE("its steps are those of a schedule") {
  b::actor agent(b::policy_family(shares, std::array{2.0, 2.0}), b::harmonic_step{});
  agent.observe(0, 0, 1.0);  // the score is (1/4, -1/4)
  CHECK(agent.policy().weights() == std::array{2.25, 1.75});
  agent.observe(0, 1, 0.0);
  CHECK(agent.policy().weights() == std::array{2.25, 1.75});
}

TEST_CASE("what cannot be followed is refused, and the weights stay") {
  b::actor agent(b::policy_family(shares, std::array{2.0, 0.0}), 0.5);
  b::episode<int, int, double> const seen{{0, 0, 0}, {0, 1}, {0.0, 0.0}, {}};
  CHECK(message_of([&] { agent.improve(seen, std::array{1.0}); }) ==
        "bellman: 1 advantages for an episode of 2 steps; there must be one for each");
  CHECK(message_of([&] { agent.improve(seen, std::array{1.0, 1.0}); }) ==
        "bellman: at step 1 the episode has action 1, to which the agent's policy gives probability 0");
  CHECK(message_of([&] { agent.observe(0, 0, std::nan("")); }) ==
        "bellman: the advantage of an action is nan; it must be finite");
  CHECK(message_of([&] { agent.observe(0, 2, 1.0); }) != "");
  CHECK(agent.policy().weights() == std::array{2.0, 0.0});
}

}  // namespace actor
