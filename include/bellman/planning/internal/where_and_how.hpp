// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/planning/internal/requirements.hpp>
#include <bellman/planning/internal/table_of.hpp>
#include <bellman/planning/method.hpp>
#include <bellman/planning/solving_method.hpp>
#include <bellman/value/certainty_equivalent.hpp>

#include <type_traits>
#include <utility>

namespace bellman::internal {

// What stands last in a call: how outcomes are combined, where to begin and a method, in this order, each of which may
// be left out. Read one by one, so that a message of a constant expression has no steps between.

inline constexpr expected_outcome the_mean_over_outcomes{};
inline constexpr automatic the_method_that_is_chosen{};

/// How outcomes are combined: by their mean where nothing else is said.
constexpr expected_outcome const& equivalent_among() { return the_mean_over_outcomes; }
template <class First, class... Rest>
constexpr auto const& equivalent_among(First const& first, Rest const&...) {
  if constexpr (is_certainty_equivalent_v<First>) {
    return first;
  } else {
    return the_mean_over_outcomes;
  }
}
template <class... Rest>
using equivalent_among_t = std::remove_cvref_t<decltype(internal::equivalent_among(std::declval<Rest const&>()...))>;

/// The method: `automatic{}` where nothing else is said.
constexpr automatic const& method_among() { return the_method_that_is_chosen; }
template <class Last>
constexpr auto const& method_among(Last const& last) {
  if constexpr (solving_method<Last> && !is_certainty_equivalent_v<Last>) {
    return last;
  } else {
    return the_method_that_is_chosen;
  }
}
template <class First, class Second>
constexpr auto const& method_among(First const&, Second const& last) {
  if constexpr (is_certainty_equivalent_v<First>) {
    return internal::method_among(last);
  } else {
    return last;
  }
}
template <class First, class Second, class Third>
constexpr Third const& method_among(First const&, Second const&, Third const& last) {
  return last;
}

/// Where to begin: `anywhere{}` where nothing else is said.
constexpr anywhere const& start_among() { return the_place_to_begin_is_not_said; }
template <class First, class... Rest>
constexpr auto const& start_among(First const& first, Rest const&... rest) {
  if constexpr (is_certainty_equivalent_v<First>) {
    return internal::start_among(rest...);
  } else if constexpr (sizeof...(Rest) == 0 && solving_method<First>) {
    return the_place_to_begin_is_not_said;
  } else {
    return first;
  }
}

}  // namespace bellman::internal
