// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/decision/environment.hpp>
#include <bellman/internal/shared.hpp>
#include <bellman/planning/state_index.hpp>
#include <bellman/planning/tabulate.hpp>

#include <span>
#include <type_traits>
#include <utility>
#include <vector>

namespace bellman {

namespace detail {

template <class E>
struct table_of_environment {
  using type = tabular_environment<E>;
};
template <table E>
struct table_of_environment<E> {
  using type = E;
};

}  // namespace detail

/// The table that `tabulate` makes of an environment: itself if it is one.
template <environment E>
using table_of = typename detail::table_of_environment<E>::type;

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
    if (s >= t.size()) rules::a_state_must_be_in_the_table(s, t.size());
    return s;
  } else {
    return t.index(s);
  }
}

/// Values by the numbers of states, 0 where a state is terminal, as a value function. Refers to memory of the caller's.
template <class V>
struct table_values {
  static constexpr bool zero_in_terminal_states = true;

  V const* values;

  constexpr V const& operator()(index_t s) const { return values[s]; }
};

namespace detail {

template <class Operator, class R>
struct value_of_operator {
  template <class V>
  using once = std::remove_cvref_t<decltype(std::declval<Operator const&>()(table_values<V>{nullptr})(index_t{0}))>;
  using type = once<once<R>>;
};

}  // namespace detail

/// The values that an operator over a table makes of rewards of type `R`, and of its own values.
template <class Operator, class R>
using operator_value_t = typename detail::value_of_operator<Operator, R>::type;

/// A value function that was solved: a callable of a state of `E`.
///
/// Copies share their numbers: constant time. A state that the table does not have throws `invalid_value`.
template <environment E, class V>
class tabular_value {
 public:
  using table_type = table_of<E>;

  constexpr tabular_value(table_type its_table, std::vector<V> its_values, V its_error_bound)
      : table_(std::move(its_table)),
        values_(internal::shared<std::vector<V>>::make(std::move(its_values))),
        error_bound_(std::move(its_error_bound)) {}

  constexpr V const& operator()(state_t<E> const& s) const { return (*values_)[number_in<E>(table_, s)]; }

  /// All values, by the number of the state in `table()`.
  constexpr std::span<V const> values() const { return *values_; }
  constexpr table_type const& table() const { return table_; }

  /// How far each value can be from the true one. Certified when the values were found by `iteration`; 0 when they were
  /// solved directly: then they are exact in an exact scalar, and within rounding otherwise.
  constexpr V const& error_bound() const { return error_bound_; }

 private:
  table_type table_;
  internal::shared<std::vector<V>> values_;
  V error_bound_;
};

}  // namespace bellman
