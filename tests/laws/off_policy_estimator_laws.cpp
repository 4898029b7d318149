// SPDX-License-Identifier: BSL-1.0
#include <bellman/interop/boost_rational.hpp>

#include "laws/estimator_laws.hpp"
#include "laws/estimator_samples.hpp"
#include "support/both_times.hpp"
#include "support/catch.hpp"

namespace {

using bellman::rational;
using bellman::test::true_at_both_times;
using laws::half;
using laws::lambdas;
using laws::short_episodes;
using laws::start_of_a_cycle;
using laws::third;
using laws::traces;

}  // namespace

TEST_CASE("the action values of the policy are the fixed point of Retrace, tree backup and importance sampling") {
  CHECK(true_at_both_times([] {
    auto const m = short_episodes();
    auto const mu = laws::curious(m, third);
    return laws::an_off_policy_return_stays_at_the_action_value(m, mu, traces::retrace, half) &&
           laws::an_off_policy_return_stays_at_the_action_value(m, mu, traces::tree_backup, rational(1));
  }));
  CHECK(true_at_both_times([] {
    auto const m = short_episodes();
    return laws::an_off_policy_return_is_a_contraction(m, laws::curious(m, third), traces::retrace, half);
  }));
  laws::for_each_sample([](auto const& m) {
    auto const mu = laws::curious(m, third);
    for (auto kind :
         {traces::retrace, traces::tree_backup, traces::importance_sampling, traces::none, traces::half_of_the_ratio}) {
      for (rational const& lambda : lambdas) {
        CHECK(laws::an_off_policy_return_stays_at_the_action_value(m, mu, kind, lambda));
        CHECK(laws::an_off_policy_return_is_a_contraction(m, mu, kind, lambda));
      }
    }
  });
}

TEST_CASE("importance sampling per decision needs no values, and corrected TD errors vanish with the true ones") {
  CHECK(true_at_both_times([] {
    auto const m = short_episodes();
    return laws::importance_sampling_per_decision_is_unbiased(m, laws::curious(m, third));
  }));
  CHECK(true_at_both_times([] {
    auto const m = start_of_a_cycle();
    return laws::corrected_td_errors_vanish_with_true_values(m, laws::curious(m, third), half);
  }));
  laws::for_each_sample([](auto const& m) {
    auto const mu = laws::curious(m, third);
    CHECK(laws::importance_sampling_per_decision_is_unbiased(m, mu));
    for (rational const& lambda : lambdas) CHECK(laws::corrected_td_errors_vanish_with_true_values(m, mu, lambda));
  });
}

TEST_CASE("the optimal action values are the fixed point of Q(lambda), Watkins's whoever acts, Peng's for the greedy") {
  CHECK(true_at_both_times([] {
    auto const m = short_episodes();
    return laws::watkins_returns_stay_at_the_optimum(m, laws::curious(m, third), half);
  }));
  CHECK(true_at_both_times(
      [] { return laws::peng_returns_of_a_greedy_policy_stay_at_the_optimum(short_episodes(), half); }));
  laws::for_each_sample([](auto const& m) {
    for (rational const& lambda : lambdas) {
      CHECK(laws::watkins_returns_stay_at_the_optimum(m, laws::curious(m, third), lambda));
      CHECK(laws::peng_returns_of_a_greedy_policy_stay_at_the_optimum(m, lambda));
    }
  });
}
