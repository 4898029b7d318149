// SPDX-License-Identifier: BSL-1.0
#include <bellman/evaluation/off_policy_estimate.hpp>

#include <bellman/decision/ending.hpp>
#include <bellman/error.hpp>
#include <bellman/evaluation/off_policy_evaluation.hpp>
#include <bellman/interop/boost_rational.hpp>

#include <array>
#include <cstddef>
#include <vector>

#include "evaluation/episodes.hpp"
#include "support/both_times.hpp"
#include "support/catch.hpp"

namespace {

using bellman::direct_method;
using bellman::doubly_robust;
using bellman::importance_sampling;
using bellman::invalid_value;
using bellman::logged_episode;
using bellman::modelled_episode;
using bellman::per_decision_importance_sampling;
using bellman::rational;
using bellman::weighted_importance_sampling;
using bellman::weighted_per_decision_importance_sampling;
using bellman::test::numbers;
using bellman::test::one;
using bellman::test::true_at_both_times;

}  // namespace

TEST_CASE("the standard error is the root of the variance") {
  CHECK(true_at_both_times([] {
    auto const of = [](double reward) { return logged_episode{std::array{reward}, std::array{1.0}}; };
    return importance_sampling(std::array{of(1.0), of(4.0), of(7.0), of(0.0)}, 1.0).standard_error() ==
           bellman::sqrt((4.0 + 1.0 + 16.0 + 9.0) / 12.0);
  }));
}

TEST_CASE("an empty batch is an error, and of one episode the error is unknown") {
  using episode = modelled_episode<numbers, numbers, numbers, numbers>;
  std::vector<episode> batch;
  CHECK_THROWS_AS(importance_sampling(batch, one), invalid_value);
  CHECK_THROWS_AS(per_decision_importance_sampling(batch, one), invalid_value);
  CHECK_THROWS_AS(doubly_robust(batch, one), invalid_value);
  CHECK_THROWS_AS(direct_method(batch), invalid_value);
  CHECK_THROWS_AS(weighted_importance_sampling(batch, one), invalid_value);
  CHECK_THROWS_AS(weighted_per_decision_importance_sampling(batch, one), invalid_value);
  batch.push_back({{1}, {1}, {1}, {1}});
  CHECK(importance_sampling(batch, one).value == one);
  CHECK_THROWS_AS(importance_sampling(batch, one).variance(), invalid_value);
}
