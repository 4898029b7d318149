// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/decision/environment.hpp>
#include <bellman/decision/internal/requirements.hpp>
#include <bellman/internal/shared.hpp>
#include <bellman/internal/stands_for.hpp>
#include <bellman/internal/verdict.hpp>
#include <bellman/planning/bounded_values.hpp>
#include <bellman/planning/internal/table_of.hpp>
#include <bellman/planning/state_index.hpp>
#include <bellman/scalar/field.hpp>
#include <bellman/scalar/internal/parts.hpp>
#include <bellman/scalar/internal/rounded.hpp>
#include <bellman/scalar/scalar_traits.hpp>

#include <span>
#include <type_traits>
#include <utility>

namespace bellman {

/// A value function that was solved, a callable of a state of `E`: what `state_value` and `solve` return. Copies share
/// their numbers: constant time.
///
/// `lower(s) <= V(s) <= upper(s)`, always, for the table's own numbers; in exact scalars the three are one. Of
/// intervals these are the bounds; of numbers with derivatives they bound the values. Vectors of rewards have none.
///
/// *Errors*: `invalid_value` for a state that the table does not have.
template <environment E, class V, class Table = internal::table_of<E>>
class tabular_value {
 public:
  using table_type = Table;

  constexpr tabular_value(table_type its_table, bounded_values<V> its_values)
      : table_(std::move(its_table)), found_(internal::shared<bounded_values<V>>::make(std::move(its_values))) {}

  template <class S = state_t<E>, class = typename internal::a_state_of<S, E>::type::yes>
  constexpr V operator()(S const& s) const {
    return found_->values[number(s)];
  }

  /// Bounds of the value of a state.
  template <class S = state_t<E>, class = typename internal::a_state_of<S, E>::type::yes>
    requires ordered_field<V>
  constexpr auto lower(S const& s) const {
    index_t const i = number(s);
    V const& v = found_->values[i];
    if constexpr (internal::has_bounds<V>) {
      return scalar_traits<V>::lower(v);
    } else {
      if (found_->below.empty()) return v;
      return internal::lowered(v, found_->below[i]);
    }
  }
  template <class S = state_t<E>, class = typename internal::a_state_of<S, E>::type::yes>
    requires ordered_field<V>
  constexpr auto upper(S const& s) const {
    index_t const i = number(s);
    V const& v = found_->values[i];
    if constexpr (internal::has_bounds<V>) {
      return scalar_traits<V>::upper(v);
    } else {
      if (found_->above.empty()) return v;
      return V(-internal::lowered(V(-v), found_->above[i]));
    }
  }

  /// All values, by the number of the state in `table()`.
  constexpr std::span<V const> values() const& { return found_->values; }
  constexpr std::span<V const> values() const&& = delete;  // they would be gone
  constexpr table_type const& table() const& { return table_; }
  constexpr table_type table() && { return std::move(table_); }

  /// How far a value can be from the true one, at most: the largest radius; 0 only where it was proved.
  constexpr V error_bound() const
    requires ordered_field<V>
  {
    V most = scalar_traits<V>::zero();
    if constexpr (internal::has_bounds<V>) {
      for (auto const& v : found_->values) {
        V const width(V(scalar_traits<V>::upper(v)) - V(scalar_traits<V>::lower(v)));
        if (most < width) most = width;
      }
    }
    for (auto const& e : found_->below) {
      if (most < e) most = e;
    }
    for (auto const& e : found_->above) {
      if (most < e) most = e;
    }
    return most;
  }

  /// Why the solver stopped, and what it took: transitions that were read, in units of all transitions.
  constexpr stop stopped() const { return found_->stopped; }
  constexpr double sweeps() const { return found_->sweeps; }

  /// All of it, by the numbers of the states.
  constexpr bounded_values<V> const& bounded() const& { return *found_; }
  void bounded() const&& = delete;

 private:
  template <class S>
  constexpr index_t number(S const& named) const {
    return internal::number_in<E>(table_, internal::named<state_t<E>>(named));
  }

  table_type table_;
  internal::shared<bounded_values<V>> found_;
};

}  // namespace bellman
