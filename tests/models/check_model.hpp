// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/decision/environment.hpp>
#include <bellman/planning/solve.hpp>
#include <bellman/probability/distribution.hpp>
#include <bellman/scalar/approx_equal.hpp>
#include <bellman/scalar/field.hpp>

#include <cstddef>

namespace bellman::test {

/// Whether a model obeys the axioms of a finite environment: each state is listed once, has an action or is terminal,
/// weights sum to one, next states and those to begin in are listed.
template <finite_environment E>
constexpr bool is_a_finite_environment(E const& env) {
  auto const times_listed = [&](state_t<E> const& s) {
    int n = 0;
    for (auto const& listed : env.states()) n += listed == s ? 1 : 0;
    return n;
  };
  for (auto const& s : env.states()) {
    if (times_listed(s) != 1) return false;
    if (env.terminal(s)) continue;
    bool has_an_action = false;
    for (auto const& a : env.actions(s)) {
      has_an_action = true;
      auto const outcomes = env.transition(s, a);
      check_weights(outcomes);
      for (auto const& o : outcomes) {
        if (times_listed(o.value.next) != 1) return false;
      }
    }
    if (!has_an_action) return false;
  }
  if constexpr (episodic_environment<E>) {
    auto const begins = env.start();
    check_weights(begins);
    for (auto const& e : begins) {
      if (times_listed(e.value) != 1 || env.terminal(e.value)) return false;
    }
  }
  return true;
}

/// In how many states values are others than the known ones: equal where numbers are exact, else up to 1e-12.
template <class E, class V, class Known>
constexpr int disagreements(E const& env, V const& value, Known const& known) {
  int n = 0;
  for (auto const& s : env.states()) {
    if constexpr (is_exact_v<reward_t<E>>) {
      if (value(s) != known(s)) ++n;
    } else {
      if (!approx_equal(value(s), known(s), 1e-12)) ++n;
    }
  }
  return n;
}

/// Of how many states `solve` finds other values than the known ones.
template <class E, class G, class Known>
constexpr int disagreements_of_solve(E const& env, G const& gamma, Known const& known) {
  return test::disagreements(env, solve(env, gamma).value, known);
}

}  // namespace bellman::test
