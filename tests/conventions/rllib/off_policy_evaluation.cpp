// SPDX-License-Identifier: BSL-1.0
#include <bellman/conventions/rllib/off_policy_evaluation.hpp>

#include <bellman/error.hpp>
#include <bellman/evaluation/importance_ratios.hpp>
#include <bellman/evaluation/off_policy_evaluation.hpp>
#include <bellman/interop/boost_rational.hpp>

#include <vector>

#include "support/both_times.hpp"
#include "support/catch.hpp"

namespace {

namespace rllib = bellman::conventions::rllib;

using bellman::rational;
using bellman::test::true_at_both_times;

}  // namespace

TEST_CASE("RLlib's weighted form agrees where all episodes are of one length") {
  CHECK(true_at_both_times([] {
    using numbers = std::vector<rational>;
    rational const half(1, 2);
    std::vector const episodes{rllib::episode<rational>{{1, 2}, {half, half}, {rational(1, 4), 1}},
                               rllib::episode<rational>{{0, 3}, {half, 1}, {rational(3, 4), half}}};
    std::vector<bellman::logged_episode<numbers, numbers>> logged;
    for (auto const& e : episodes) {
      logged.push_back({e.rewards, bellman::importance_ratios(e.new_prob, e.action_prob)});
    }
    auto const answers = rllib::weighted_importance_sampling(episodes, half);
    rational const mean = (answers[0].v_target + answers[1].v_target) / rational(2);
    return mean == bellman::weighted_per_decision_importance_sampling(logged, half).value;
  }));
}

TEST_CASE("RLlib's weighted form weighs a step by how often the behaviour policy gets there") {
  // One decision: to stop without a reward, or to go on to a reward of 1. The behaviour policy tosses a coin, and the
  // batch shows exactly what it does; the target policy goes on in three of four cases, so its value is 3/4.
  CHECK(true_at_both_times([] {
    using numbers = std::vector<rational>;
    rational const half(1, 2);
    std::vector const episodes{rllib::episode<rational>{{0}, {half}, {rational(1, 4)}},
                               rllib::episode<rational>{{0, 1}, {half, 1}, {rational(3, 4), 1}}};
    auto const answers = rllib::weighted_importance_sampling(episodes, rational(1));
    rational const mean = (answers[0].v_target + answers[1].v_target) / rational(2);
    std::vector const logged{bellman::logged_episode{numbers{0}, numbers{half}},
                             bellman::logged_episode{numbers{0, 1}, numbers{rational(3, 2), 1}}};
    return mean == half &&
           bellman::weighted_per_decision_importance_sampling(logged, rational(1)).value == rational(3, 4);
  }));
}

TEST_CASE("a behaviour probability of zero is refused where RLlib divides by it") {
  rllib::episode<double> const e{{1.0}, {0.0}, {0.5}};
  CHECK_THROWS_AS(rllib::importance_sampling(e, 1.0), bellman::invalid_value);
  rllib::episode<double> const uneven{{1.0, 2.0}, {0.5}, {0.5}};
  CHECK_THROWS_AS(rllib::importance_sampling(uneven, 1.0), bellman::invalid_value);
  CHECK_THROWS_AS(rllib::weighted_importance_sampling(std::vector{uneven}, 1.0), bellman::invalid_value);
}
