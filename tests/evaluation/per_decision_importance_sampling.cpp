// SPDX-License-Identifier: BSL-1.0
#include <bellman/evaluation/per_decision_importance_sampling.hpp>

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

using bellman::per_decision_importance_sampling;
using bellman::rational;
using bellman::weighted_per_decision_importance_sampling;
using bellman::test::one;
using bellman::test::true_at_both_times;
using bellman::test::two_episodes;

}  // namespace

TEST_CASE("per decision a reward is weighed by the ratios before it") {
  CHECK(true_at_both_times([] {
    auto const batch = two_episodes();
    return per_decision_importance_sampling(batch[0], one) == rational(2) &&                // 1/2 1 + 3/4 0 + 3/4 2
           per_decision_importance_sampling(batch[0], rational(1, 2)) == rational(7, 8) &&  // 1/2 + 3/4 2/4
           per_decision_importance_sampling(batch[1], one) == rational(9, 25) &&
           per_decision_importance_sampling(batch, one).value == rational(59, 50);
  }));
}

TEST_CASE("per decision the weighted form divides at every step, and what has ended keeps its weight") {
  CHECK(true_at_both_times([] {
    auto const e = weighted_per_decision_importance_sampling(two_episodes(), one);
    // (1/2) / (1/2 + 9/5), (9/25) / (3/4 + 9/25), (3/4 2) / (3/4 + 9/25)
    return e.value == rational(5, 23) + rational(12, 37) + rational(50, 37);
  }));
}
