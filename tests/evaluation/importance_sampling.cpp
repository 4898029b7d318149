// SPDX-License-Identifier: BSL-1.0
#include <bellman/evaluation/importance_sampling.hpp>

#include <bellman/decision/ending.hpp>
#include <bellman/evaluation/logged_episode.hpp>
#include <bellman/evaluation/off_policy_evaluation.hpp>
#include <bellman/interop/boost_rational.hpp>

#include <array>
#include <cstddef>
#include <limits>
#include <type_traits>
#include <vector>

#include "evaluation/episodes.hpp"
#include "support/both_times.hpp"
#include "support/catch.hpp"
#include "support/sixteen_bits.hpp"

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

TEST_CASE("equal returns have their value as estimate and no error, whatever their weights, in float too") {
  using episode = bellman::logged_episode<std::array<float, 1>, std::array<float, 1>, bellman::terminated>;
  std::vector<episode> log;
  for (int i = 0; i < 100000; ++i) log.push_back({{0.1f}, {0.001f * static_cast<float>(1 + i % 7)}, {}});
  auto const estimate = bellman::weighted_importance_sampling(log, 1.0f);
  STATIC_REQUIRE(std::is_same_v<decltype(estimate.value), float>);
  CHECK(estimate.value == 0.1f);
  CHECK(estimate.standard_error() == 0.0f);
  auto const plain = bellman::importance_sampling(std::vector<episode>(100000, {{0.1f}, {1.0f}, {}}), 1.0f);
  CHECK(plain.value == 0.1f);
  CHECK(plain.standard_error() == 0.0f);
}

TEST_CASE("a reward that is no number is seen where its weight is 0 too") {
  using episode = bellman::logged_episode<std::array<double, 1>, std::array<double, 1>, bellman::terminated>;
  std::vector<episode> const log{{{1.0}, {2.0}, {}}, {{std::numeric_limits<double>::quiet_NaN()}, {0.0}, {}}};
  double const value = bellman::weighted_importance_sampling(log, 1).value;
  CHECK_FALSE(value == value);
}

TEST_CASE("episodes of 16 bits are estimated in float") {
  using bellman::test::brain_float;
  using row = std::array<brain_float, 2>;
  using episode = bellman::logged_episode<row, row, bellman::terminated>;
  using episode_of_floats = bellman::logged_episode<std::array<float, 2>, std::array<float, 2>, bellman::terminated>;
  std::array const log{episode{{1.0f, 2.0f}, {0.5f, 2.0f}, {}}, episode{{3.0f, 1.0f}, {1.5f, 0.25f}, {}}};
  std::array const in_float{episode_of_floats{{1.0f, 2.0f}, {0.5f, 2.0f}, {}},
                            episode_of_floats{{3.0f, 1.0f}, {1.5f, 0.25f}, {}}};
  auto const same = [&](auto const& estimate) {
    auto const a = estimate(log, 0.5);
    auto const b = estimate(in_float, 0.5);
    return std::is_same_v<decltype(a), decltype(b)> && a.value == b.value && a.variance() == b.variance();
  };
  CHECK(same(bellman::importance_sampling));
  CHECK(same(bellman::weighted_importance_sampling));
}
