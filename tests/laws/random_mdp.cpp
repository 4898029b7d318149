// SPDX-License-Identifier: BSL-1.0
#include <bellman/interop/boost_multiprecision.hpp>

#include <vector>

#include <rapidcheck.h>

#include "laws/laws.hpp"
#include "laws/sample.hpp"
#include "models/random_mdp.hpp"
#include "support/catch.hpp"

namespace {

using bellman::rational512;

template <class M>
void check_every_law(M const& m) {
  RC_ASSERT(laws::steps_are_a_monoid(m) || m.states.size() == 1);
  RC_ASSERT(laws::expectations_of_expectations_are_total(m));
  RC_ASSERT(laws::an_operator_is_a_contraction(m));
  RC_ASSERT(laws::an_operator_is_monotone(m));
  RC_ASSERT(laws::a_constant_shifts_an_operator(m));
  RC_ASSERT(laws::no_policy_beats_the_maximum(m));
  RC_ASSERT(laws::a_return_obeys_its_recursion(m));
  RC_ASSERT(laws::the_value_is_the_expected_return(m));
  RC_ASSERT(laws::the_value_is_a_fixed_point(m));
  RC_ASSERT(laws::the_mean_advantage_is_zero(m));
  RC_ASSERT(laws::a_greedy_policy_improves(m));
  RC_ASSERT(laws::a_solution_is_optimal(m));
  RC_ASSERT(laws::the_optimal_value_is_above_that_of_a_policy(m));
  RC_ASSERT(laws::the_optimal_policy_attains_the_optimal_value(m));
  RC_ASSERT(laws::a_potential_leaves_advantages_unchanged(m));
}

auto sample_of(models::random_model<rational512> const& model, rational512 const& gamma) {
  std::vector<int> states;
  for (int s : model.env.states()) states.push_back(s);
  std::vector<int> const starts(states.begin(), states.begin() + 1);
  return laws::sample{model.env, model.policy, states, states, starts, gamma, 2};
}

}  // namespace

TEST_CASE("random environments obey the laws") {
  CHECK(rc::check("the laws with a discount below 1", [] {
    auto const model = models::random_mdp<rational512>(models::endings::some);
    check_every_law(sample_of(model, rational512(*rc::gen::inRange(0, 10), 10)));
  }));
}

TEST_CASE("random environments that end obey the laws without a discount") {
  CHECK(rc::check("the laws with a discount of 1", [] {
    auto const model = models::random_mdp<rational512>(models::endings::after_every_action);
    check_every_law(sample_of(model, rational512(1)));
  }));
}
