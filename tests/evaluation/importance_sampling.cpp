// SPDX-License-Identifier: BSL-1.0
#include <bellman/evaluation/importance_sampling.hpp>

#include <bellman/decision/ending.hpp>
#include <bellman/evaluation/off_policy_evaluation.hpp>
#include <bellman/interop/boost_rational.hpp>

#include <array>
#include <cstddef>
#include <vector>

#include "evaluation/episodes.hpp"
#include "support/both_times.hpp"
#include "support/catch.hpp"

namespace {

using bellman::importance_sampling;
using bellman::rational;
using bellman::weighted_importance_sampling;
using bellman::weighted_per_decision_importance_sampling;
using bellman::test::one;
using bellman::test::true_at_both_times;
using bellman::test::two_episodes;

}  // namespace

TEST_CASE("importance sampling weighs a return by all of its ratios") {
  CHECK(true_at_both_times([] {
    auto const batch = two_episodes();
    return importance_sampling(batch[0], one) == rational(9, 4) &&             // 3/4 * 3
           importance_sampling(batch[1], one) == rational(9, 25) &&            // 9/25 * 1
           importance_sampling(batch[0], rational(1, 2)) == rational(9, 8) &&  // 3/4 * 3/2
           importance_sampling(batch, one).value == rational(261, 200);        // their mean
  }));
}

TEST_CASE("the weighted form divides by the weights of the batch") {
  CHECK(true_at_both_times([] {
    auto const e = weighted_importance_sampling(two_episodes(), one);
    // (9/4 + 9/25) / (3/4 + 9/25)
    return e.value == rational(87, 37) && e.episodes == 2;
  }));
}

TEST_CASE("a factor common to all weights does not move a weighted form") {
  CHECK(true_at_both_times([] {
    auto batch = two_episodes();
    auto const before = weighted_importance_sampling(batch, one);
    auto const by_decision = weighted_per_decision_importance_sampling(batch, one);
    for (auto& e : batch) e.ratios[0] *= rational(3);
    auto const after = weighted_importance_sampling(batch, one);
    auto const after_by_decision = weighted_per_decision_importance_sampling(batch, one);
    return after.value == before.value && after.squared_deviations == before.squared_deviations &&
           after.effective_sample_size == before.effective_sample_size &&
           after_by_decision.value == by_decision.value &&
           after_by_decision.squared_deviations == by_decision.squared_deviations;
  }));
}
