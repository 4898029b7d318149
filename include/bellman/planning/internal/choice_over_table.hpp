// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/decision/environment.hpp>
#include <bellman/planning/internal/component.hpp>
#include <bellman/planning/internal/rules.hpp>
#include <bellman/planning/state_index.hpp>
#include <bellman/planning/tabular_environment.hpp>
#include <bellman/planning/tabulate.hpp>
#include <bellman/value/choice.hpp>

namespace bellman::internal {

/// A choice that was written for an environment, over a table of it: it is given the states and actions that it knows.
template <environment E, class Choice>
struct choice_by_number {
  E env;
  Choice choice;

  template <class Table, class Q>
  constexpr auto operator()(Table const& t, index_t s, Q const& q) const {
    return choice(env, t.state(s), [&](action_t<E> const& a) {
      index_t const slot = t.slot(s, a);
      if (slot == no_index) internal::an_action_must_be_one_of_its_state(s, t.state(s), a);
      return q(slot);
    });
  }
};

/// The choice of an operator over an environment as that of one over a table of it.
template <environment E, class Table, class Choice>
constexpr auto choice_over_table([[maybe_unused]] Table const& t, [[maybe_unused]] E const& env,
                                 Choice const& choice) {
  if constexpr (table<E> || takes_the_best<Choice>) {
    return choice;
  } else if constexpr (is_a_mean_over<Choice>) {
    auto policy = tabulate(t, choice.policy);
    return expected_choice<decltype(policy)>{policy};
  } else {
    return choice_by_number<E, Choice>{env, choice};
  }
}
template <environment E, class Table, class F>
constexpr auto choice_over_table(Table const&, E const&, soft_choice<F, uniform_over_actions> const& choice) {
  return choice;
}
template <environment E, class Table, class F, class Policy>
constexpr auto choice_over_table(Table const& t, E const&, soft_choice<F, reference_policy<Policy>> const& choice) {
  auto policy = tabulate(t, choice.reference.policy);
  using reference = reference_policy<decltype(policy)>;
  return soft_choice<F, reference>{choice.temperature, {policy}};
}

}  // namespace bellman::internal
