// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/decision/environment.hpp>
#include <bellman/decision/internal/requirements.hpp>
#include <bellman/internal/shared.hpp>
#include <bellman/internal/stands_for.hpp>
#include <bellman/internal/verdict.hpp>
#include <bellman/planning/internal/table_of.hpp>

#include <span>
#include <utility>
#include <vector>

namespace bellman {

/// A value function that was solved, a callable of a state of `E`: what `state_value` and `solve` return. Copies share
/// their numbers: constant time.
///
/// *Errors*: `invalid_value` for a state that the table does not have.
template <environment E, class V>
class tabular_value {
 public:
  using table_type = internal::table_of<E>;

  constexpr tabular_value(table_type its_table, std::vector<V> its_values, V its_error_bound)
      : table_(std::move(its_table)),
        values_(internal::shared<std::vector<V>>::make(std::move(its_values))),
        error_bound_(std::move(its_error_bound)) {}

  template <class S = state_t<E>, class = typename internal::a_state_of<S, E>::type::yes>
  constexpr V operator()(S const& named) const {
    state_t<E> const& s = internal::named<state_t<E>>(named);
    return (*values_)[internal::number_in<E>(table_, s)];
  }

  /// All values, by the number of the state in `table()`.
  constexpr std::span<V const> values() const& { return *values_; }
  constexpr std::span<V const> values() const&& = delete;  // they would be gone
  constexpr table_type const& table() const& { return table_; }
  constexpr table_type table() && { return std::move(table_); }

  /// How far each value can be from the true one, as the method says. Certified when the values were found by
  /// `iteration`; 0 when they were solved directly: then they are exact in an exact scalar, and within rounding
  /// otherwise.
  constexpr V error_bound() const { return error_bound_; }

 private:
  table_type table_;
  internal::shared<std::vector<V>> values_;
  V error_bound_;
};

}  // namespace bellman
