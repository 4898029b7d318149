// SPDX-License-Identifier: BSL-1.0
#include <bellman/evaluation/doubly_robust.hpp>

#include <bellman/decision/ending.hpp>
#include <bellman/evaluation/off_policy_evaluation.hpp>
#include <bellman/interop/boost_rational.hpp>
#include <bellman/scalar/dual.hpp>

#include <array>
#include <cstddef>
#include <utility>
#include <vector>

#include "evaluation/episodes.hpp"
#include "support/both_times.hpp"
#include "support/catch.hpp"

namespace {

using bellman::direct_method;
using bellman::doubly_robust;
using bellman::modelled_episode;
using bellman::per_decision_importance_sampling;
using bellman::rational;
using bellman::test::cut_episodes;
using bellman::test::numbers;
using bellman::test::one;
using bellman::test::true_at_both_times;

}  // namespace

TEST_CASE("doubly robust corrects a model step by step") {
  CHECK(true_at_both_times([] {
    // From the end: V = 1 + 2 (3 - 2) = 3, then 5 + 1/2 (1 + 1/2 3 - 4) = 17/4.
    modelled_episode const e{std::array{one, rational(3)}, std::array{rational(1, 2), rational(2)},
                             std::array{rational(4), rational(2)}, std::array{rational(5), one}};
    return doubly_robust(e, rational(1, 2)) == rational(17, 4) && direct_method(e) == rational(5);
  }));
}

TEST_CASE("per decision is doubly robust with a model that says nothing") {
  CHECK(true_at_both_times([] {
    for (auto const& e : cut_episodes()) {
      numbers const zeros(e.rewards.size(), rational(0));
      modelled_episode const modelled{e.rewards, e.ratios, zeros, zeros, e.ending};
      if (doubly_robust(modelled, rational(2, 3)) != per_decision_importance_sampling(e, rational(2, 3))) return false;
    }
    return true;
  }));
}
