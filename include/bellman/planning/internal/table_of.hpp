// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/decision/environment.hpp>
#include <bellman/decision/internal/requirements.hpp>
#include <bellman/planning/internal/rules.hpp>
#include <bellman/planning/state_index.hpp>
#include <bellman/planning/tabular_environment.hpp>
#include <bellman/planning/tabulate.hpp>
#include <bellman/probability/distribution.hpp>
#include <bellman/value/certainty_equivalent.hpp>

#include <type_traits>

namespace bellman::internal {

template <class E, bool OfOutcomes>
struct table_of_environment {
  using type = tabular_environment<E, OfOutcomes>;
};
template <table E, bool OfOutcomes>
struct table_of_environment<E, OfOutcomes> {
  using type = E;
};

/// The table that `tabulate` or `tabulate_outcomes` makes of an environment: itself if it is one.
template <environment E, bool OfOutcomes = false>
using table_of = typename table_of_environment<E, OfOutcomes>::type;

/// The table that an operator with this certainty equivalent asks for.
template <class Equivalent, environment E>
using table_for = table_of<E, !std::is_same_v<Equivalent, expected_outcome>>;

/// Refuses a place to begin that is none of a table's states.
template <table E, class Start>
constexpr void check_place_to_begin(E const& t, Start const& start) {
  auto const check = [&](auto const& named_state) {
    index_t const s = static_cast<index_t>(named_state);
    if (s >= t.size()) internal::a_state_must_be_in_the_table(s, t.size());
  };
  if constexpr (names_a_state<Start, E>) {
    check(start);
  } else if constexpr (distribution_over<Start, state_t<E>>) {
    for (auto&& e : start) check(e.value);
  } else {
    for (auto&& s : start) check(s);
  }
}

/// No place to begin is said.
struct anywhere {};
inline constexpr anywhere the_place_to_begin_is_not_said{};

/// The table of all states, or of what can be reached from `start`; of a table, all of it.
template <class Equivalent, environment E, class... Start>
constexpr table_for<Equivalent, E> table_from(E const& env, Start const&... start) {
  if constexpr ((std::is_same_v<Start, anywhere> || ...)) {
    return internal::table_from<Equivalent>(env);
  } else if constexpr (table<E>) {
    (internal::check_place_to_begin(env, start), ...);
    return env;
  } else if constexpr (std::is_same_v<Equivalent, expected_outcome>) {
    return tabulate(env, start...);
  } else {
    return tabulate_outcomes(env, start...);
  }
}

/// A state of a table and the action of one of its slots, as the environment `E` names them: of a table itself by their
/// numbers.
template <environment E, class Table>
constexpr state_t<E> state_named(Table const& t, index_t s) {
  if constexpr (table<E>) {
    return s;
  } else {
    return t.state(s);
  }
}
template <environment E, class Table>
constexpr action_t<E> action_named(Table const& t, index_t slot) {
  if constexpr (table<E>) {
    return slot;
  } else {
    return t.action(slot);
  }
}

/// The number in a table of a state as the environment `E` names it. Throws `invalid_value` for one it does not have.
template <environment E, class Table>
constexpr index_t number_in(Table const& t, state_t<E> const& s) {
  if constexpr (table<E>) {
    if (s >= t.size()) internal::a_state_must_be_in_the_table(s, t.size());
    return s;
  } else {
    return t.index(s);
  }
}

}  // namespace bellman::internal
