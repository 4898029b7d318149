// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/internal/verdict.hpp>
#include <bellman/planning/fixed_point_problem.hpp>
#include <bellman/planning/internal/requirements.hpp>
#include <bellman/planning/internal/table_of.hpp>
#include <bellman/planning/method.hpp>
#include <bellman/planning/solving_method.hpp>
#include <bellman/scalar/internal/parts.hpp>
#include <bellman/value/certainty_equivalent.hpp>

#include <concepts>
#include <type_traits>

namespace bellman::internal {

// What stands last in a call: how outcomes are combined, where to begin and a method, in this order, each of which may
// be left out. Read one by one, so that a message of a constant expression has no steps between.

template <class... Rest>
struct type_of_equivalent_among {
  using type = expected_outcome;
};
template <class First, class... Rest>
struct type_of_equivalent_among<First, Rest...> {
  using type = std::conditional_t<is_certainty_equivalent_v<First>, First, expected_outcome>;
};
template <class... Rest>
using equivalent_among_t = typename type_of_equivalent_among<Rest...>::type;

template <class... Rest>
struct type_of_method_among {
  using type = automatic;
};
template <class First, class... Rest>
struct type_of_method_among<First, Rest...> : type_of_method_among<Rest...> {};
template <class Last>
struct type_of_method_among<Last> {
  using type = std::conditional_t<solving_method<Last>, Last, automatic>;
};
template <class... Rest>
using method_among_t = typename type_of_method_among<Rest...>::type;

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

/// Settings of the loop, or what proposes values for the problem of an operator over a table.
template <class Op, class Method>
struct a_method_that_solves : every<rule<!has_bounds<typename fixed_point_problem<Op>::value_type>,
                                         refused::a_method_of_ones_own_proposes_no_intervals_which_cannot_be_certified>,
                                    a_method_for<Method, fixed_point_problem<Op>>> {};
template <class Op, class Method>
requires std::convertible_to<Method, method>
struct a_method_that_solves<Op, Method> {
  using type = accepted;
};

/// A method, if one stands last, that solves the operator `Find::type`, which is looked for where it is not one of the
/// library's loop.
template <class Find, class Method>
struct a_method_that_solves_what {
  using type = typename a_method_that_solves<typename Find::type, Method>::type;
};
template <class Find, class Method>
requires std::convertible_to<Method, method>
struct a_method_that_solves_what<Find, Method> {
  using type = accepted;
};
template <class Find, class... Rest>
using a_method_of_these_that_solves = a_method_that_solves_what<Find, method_among_t<Rest...>>;

}  // namespace bellman::internal
