// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/planning/state_index.hpp>
#include <bellman/value/internal/known_parts.hpp>

#include <type_traits>
#include <utility>

namespace bellman::internal {

/// Values by the numbers of states, 0 where a state is terminal, as a value function. Refers to memory of the caller's.
template <class V>
struct table_values {
  V const* values;

  constexpr V const& operator()(index_t s) const { return values[s]; }
};

template <class V>
inline constexpr bool is_zero_in_terminal_states<table_values<V>> = true;

template <class Operator, class R>
struct value_of_operator {
  template <class V>
  using once = std::remove_cvref_t<decltype(std::declval<Operator const&>()(table_values<V>{nullptr})(index_t{0}))>;
  using type = once<once<R>>;
};

/// The values that an operator over a table makes of rewards of type `R`, and of its own values.
template <class Operator, class R>
using operator_value_t = typename value_of_operator<Operator, R>::type;

}  // namespace bellman::internal
