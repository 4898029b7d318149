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

#include "support/both_times.hpp"
#include "support/catch.hpp"

namespace {

using bellman::direct_method;
using bellman::doubly_robust;
using bellman::logged_episode;
using bellman::modelled_episode;
using bellman::per_decision_importance_sampling;
using bellman::rational;
using bellman::truncated;
using bellman::test::true_at_both_times;

using numbers = std::vector<rational>;

constexpr rational one(1);

// Some that were cut off, and of which one ended before its first step.
constexpr auto cut_episodes() {
  auto const cut = [](numbers rewards, numbers ratios, rational after) {
    return logged_episode{std::move(rewards), std::move(ratios), truncated{after}};
  };
  return std::vector{cut({1, 0, 2}, {rational(1, 2), 3, 1}, 0), cut({0, 1}, {2, rational(1, 4)}, 4), cut({3}, {1}, -1),
                     cut({}, {}, 5)};
}

// sum_i (n d value / d w_i)^2, where w_i is how often episode i stands in the batch, from derivatives instead of the
// formula of the delta method: a factor on its first ratio is one on all of its weights.
template <class Estimate, class Batch, class G>
constexpr rational squared_influences(Estimate const& estimate, Batch const& batch, G const& gamma) {
  using number = bellman::dual<rational>;
  rational total(0);
  for (std::size_t i = 0; i < batch.size(); ++i) {
    using ending = decltype(batch[0].ending);
    std::vector<logged_episode<numbers, std::vector<number>, ending>> weighed;
    for (std::size_t j = 0; j < batch.size(); ++j) {
      std::vector<number> ratios;
      for (auto const& ratio : batch[j].ratios) ratios.push_back(number(ratio));
      if (i == j) ratios[0] = ratios[0] * number::variable(rational(1));
      weighed.push_back({batch[j].rewards, ratios, batch[j].ending});
    }
    rational const moves =
        estimate(weighed, gamma).value.derivative[0] * rational(static_cast<long long>(batch.size()));
    total += moves * moves;
  }
  return total;
}

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
