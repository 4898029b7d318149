// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/decision/environment.hpp>
#include <bellman/decision/internal/requirements.hpp>
#include <bellman/internal/shared.hpp>
#include <bellman/internal/stands_for.hpp>
#include <bellman/internal/verdict.hpp>
#include <bellman/planning/internal/table_of.hpp>
#include <bellman/planning/state_index.hpp>

#include <span>
#include <utility>
#include <vector>

namespace bellman {

/// A number or vector for each state of a table, a callable of a state of `E`. Unlike a `tabular_value` it states no
/// bounds. Copies share the numbers: constant time.
///
/// *Errors*: `invalid_value` for a state that the table does not have.
template <environment E, class X, class Table = internal::table_of<E>>
class tabular_function {
 public:
  using table_type = Table;

  constexpr tabular_function(table_type its_table, std::vector<X> its_values)
      : table_(std::move(its_table)), values_(internal::shared<std::vector<X>>::make(std::move(its_values))) {}

  template <class S = state_t<E>, class = typename internal::a_state_of<S, E>::type::yes>
  constexpr X operator()(S const& s) const {
    return (*values_)[internal::number_in<E>(table_, internal::named<state_t<E>>(s))];
  }

  /// All of them, by the number of the state in `table()`.
  constexpr std::span<X const> values() const& { return *values_; }
  constexpr std::span<X const> values() const&& = delete;  // they would be gone
  constexpr table_type const& table() const& { return table_; }
  constexpr table_type table() && { return std::move(table_); }

 private:
  table_type table_;
  internal::shared<std::vector<X>> values_;
};

}  // namespace bellman
