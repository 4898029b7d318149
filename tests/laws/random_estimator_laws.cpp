// SPDX-License-Identifier: BSL-1.0
#include <bellman/interop/boost_multiprecision.hpp>

#include <vector>

#include <rapidcheck.h>

#include "laws/estimator_laws.hpp"
#include "laws/sample.hpp"
#include "models/random_mdp.hpp"
#include "support/catch.hpp"

namespace {

using bellman::rational512;
using laws::traces;

rational512 some_of_ten() { return rational512(*rc::gen::inRange(0, 11), 10); }

// The paths of two steps from the first state of a random environment.
template <class Check>
void on_random_environments(Check const& check) {
  auto const model = models::random_mdp<rational512>(models::endings::some);
  std::vector<int> states;
  for (int s : model.env.states()) states.push_back(s);
  std::vector<int> const starts{0};
  check(laws::sample{model.env, model.policy, states, states, starts, rational512(*rc::gen::inRange(0, 10), 10), 2});
}

}  // namespace

TEST_CASE("on random environments estimators are on average what theory says") {
  CHECK(rc::check([] {
    on_random_environments([](auto const& m) {
      auto const lambda = some_of_ten();
      RC_ASSERT(laws::returns_with_true_values_are_action_values(m, lambda));
      RC_ASSERT(laws::n_step_returns_with_true_values_are_action_values(m));
      RC_ASSERT(laws::gae_with_true_values_is_the_advantage(m, lambda));
      RC_ASSERT(laws::lambda_returns_are_biased_as_they_mix(m, lambda));
      RC_ASSERT(laws::td_errors_are_what_the_operator_changes(m));
    });
  }));
}

TEST_CASE("on random environments off-policy estimators have the fixed points that theory says") {
  CHECK(rc::check([] {
    on_random_environments([](auto const& m) {
      auto const lambda = some_of_ten();
      auto const mu = laws::curious(m, rational512(1, 3));
      laws::clips<rational512> const bounds{some_of_ten() + rational512(1, 10), some_of_ten() + rational512(1, 5),
                                            lambda};
      RC_ASSERT(laws::vtrace_stays_at_the_value_of_its_clipped_policy(m, mu, bounds));
      RC_ASSERT(laws::an_off_policy_return_stays_at_the_action_value(m, mu, traces::retrace, lambda));
      RC_ASSERT(laws::an_off_policy_return_is_a_contraction(m, mu, traces::half_of_the_ratio, lambda));
      RC_ASSERT(laws::importance_sampling_per_decision_is_unbiased(m, mu));
      RC_ASSERT(laws::watkins_returns_stay_at_the_optimum(m, mu, lambda));
    });
  }));
}
