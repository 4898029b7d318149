// SPDX-License-Identifier: BSL-1.0
#include <bellman/planning/internal/affine_forms.hpp>

#include <bellman/interop/boost_rational.hpp>
#include <bellman/planning/internal/forms_of_operator.hpp>
#include <bellman/value/action_value.hpp>
#include <bellman/value/bellman_operator.hpp>

#include <cstddef>
#include <ratio>

#include "planning/generated_mdp.hpp"
#include "support/catch.hpp"

namespace affine_forms_tests {

using bellman::rational;

// The operator, applied to unknowns and then evaluated, is the operator.
template <class Env>
void check_forms() {
  static constexpr Env env{};
  using rows = bellman::internal::forms_of_actions<env, std::ratio<2, 3>{}>;
  constexpr auto const& forms = bellman::internal::forms_of_operator<env, rows>::value;
  rational v[Env::count];
  for (int s = 0; s < Env::count; ++s) v[s] = env.terminal(s) ? rational(0) : rational(3 * s - 4, s + 1);
  auto const q = bellman::action_value(env, rational(2, 3), [&](int s) { return v[s]; });
  for (int s = 0; s < Env::count; ++s) {
    auto slot = forms.first_slot[s];
    if (!env.terminal(s)) {
      for (int const a : env.actions(s)) CHECK(forms.value(slot++, v) == q(s, a));
    }
    CHECK(slot == forms.first_slot[s + 1]);
  }
  static constexpr auto policy = [](int s) { return (s + 1) % 2 * (static_cast<int>(env.actions(s).size()) - 1); };
  using followed = bellman::internal::forms_of_policy<env, policy, std::ratio<2, 3>{}>;
  constexpr auto const& of_policy = bellman::internal::forms_of_operator<env, followed>::value;
  auto const t = bellman::bellman_expectation(env, policy, rational(2, 3))([&](int s) { return v[s]; });
  for (int s = 0; s < Env::count; ++s) {
    if (!env.terminal(s)) CHECK(of_policy.value(of_policy.first_slot[s], v) == t(s));
  }
}

TEST_CASE("affine forms: those of an operator that is applied to unknowns are the operator") {
  check_forms<models::generated_mdp<rational, 3, true>>();
  check_forms<models::generated_mdp<rational, 4, false>>();
  check_forms<models::generated_mdp<rational, 11, true>>();
}

}  // namespace affine_forms_tests
