// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/decision/environment.hpp>
#include <bellman/planning/internal/rules.hpp>
#include <bellman/planning/state_index.hpp>
#include <bellman/planning/tabular_environment.hpp>
#include <bellman/planning/tabulate.hpp>

namespace bellman::internal {

template <class E>
struct table_of_environment {
  using type = tabular_environment<E>;
};
template <table E>
struct table_of_environment<E> {
  using type = E;
};

/// The table that `tabulate` makes of an environment: itself if it is one.
template <environment E>
using table_of = typename table_of_environment<E>::type;

/// The table of what can be reached from `start`; of a table, all of it.
template <environment E, class Start>
constexpr table_of<E> table_from(E const& env, Start const& start) {
  if constexpr (table<E>) {
    return env;
  } else {
    return tabulate(env, start);
  }
}

/// The number in a table of a state as the environment `E` names it. Throws `invalid_value` for one it does not have.
template <environment E>
constexpr index_t number_in(table_of<E> const& t, state_t<E> const& s) {
  if constexpr (table<E>) {
    if (s >= t.size()) internal::a_state_must_be_in_the_table(s, t.size());
    return s;
  } else {
    return t.index(s);
  }
}

}  // namespace bellman::internal
