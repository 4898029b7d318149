// SPDX-License-Identifier: BSL-1.0
#include <bellman/interop/boost_rational.hpp>

#include "laws/estimator_laws.hpp"
#include "laws/estimator_samples.hpp"
#include "support/both_times.hpp"
#include "support/catch.hpp"

namespace {

using bellman::rational;
using bellman::test::true_at_both_times;
using laws::cycle;
using laws::half;
using laws::lambdas;
using laws::short_episodes;
using laws::third;

}  // namespace

TEST_CASE("with the true values every estimator is on average the action value, at every step") {
  CHECK(true_at_both_times([] { return laws::returns_to_go_are_action_values(short_episodes()); }));
  CHECK(true_at_both_times([] { return laws::returns_with_true_values_are_action_values(short_episodes(), half); }));
  CHECK(true_at_both_times([] { return laws::n_step_returns_with_true_values_are_action_values(short_episodes()); }));
  CHECK(true_at_both_times([] { return laws::returns_with_true_values_are_action_values(cycle(), half); }));
  laws::for_each_sample([](auto const& m) {
    CHECK(laws::returns_to_go_are_action_values(m));
    CHECK(laws::n_step_returns_with_true_values_are_action_values(m));
    for (rational const& lambda : lambdas) {
      CHECK(laws::returns_with_true_values_are_action_values(m, lambda));
      CHECK(laws::sarsa_returns_are_action_values(m, lambda));
    }
  });
}

TEST_CASE("with the true values gae is on average the advantage, whatever lambda is") {
  CHECK(true_at_both_times([] { return laws::gae_with_true_values_is_the_advantage(short_episodes(), half); }));
  CHECK(true_at_both_times([] { return laws::gae_with_true_values_is_the_advantage(cycle(), rational(0)); }));
  laws::for_each_sample([](auto const& m) {
    for (rational const& lambda : lambdas) CHECK(laws::gae_with_true_values_is_the_advantage(m, lambda));
  });
}

TEST_CASE("with wrong values gae of lambda 1 is off by its baseline only, others by what they mix in") {
  CHECK(true_at_both_times([] { return laws::gae_of_lambda_one_is_biased_by_its_baseline_only(short_episodes()); }));
  CHECK(true_at_both_times([] { return laws::lambda_returns_are_biased_as_they_mix(short_episodes(), third); }));
  laws::for_each_sample([](auto const& m) {
    CHECK(laws::gae_of_lambda_one_is_biased_by_its_baseline_only(m));
    for (rational const& lambda : lambdas) CHECK(laws::lambda_returns_are_biased_as_they_mix(m, lambda));
  });
}

TEST_CASE("an n-step return applies the Bellman operator n times, a lambda-return mixes them") {
  CHECK(true_at_both_times([] { return laws::n_step_returns_apply_the_operator_n_times(short_episodes()); }));
  CHECK(true_at_both_times([] { return laws::lambda_returns_mix_the_n_step_returns(cycle(), third); }));
  laws::for_each_sample([](auto const& m) {
    CHECK(laws::n_step_returns_apply_the_operator_n_times(m));
    for (rational const& lambda : lambdas) CHECK(laws::lambda_returns_mix_the_n_step_returns(m, lambda));
  });
}

TEST_CASE("TD errors are on average what the Bellman operator changes, nothing at the true values") {
  CHECK(true_at_both_times([] { return laws::td_errors_are_what_the_operator_changes(short_episodes()); }));
  laws::for_each_sample([](auto const& m) { CHECK(laws::td_errors_are_what_the_operator_changes(m)); });
}
