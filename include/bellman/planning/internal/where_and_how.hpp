// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/internal/verdict.hpp>
#include <bellman/planning/fixed_point_problem.hpp>
#include <bellman/planning/internal/requirements.hpp>
#include <bellman/planning/method.hpp>
#include <bellman/planning/solving_method.hpp>
#include <bellman/scalar/internal/parts.hpp>
#include <bellman/value/certainty_equivalent.hpp>

#include <concepts>
#include <type_traits>

namespace bellman::internal {

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

/// What says how to solve, `automatic` if nothing does: it stands last.
template <class... Rest>
struct method_among {
  using type = automatic;
};
template <class First, class... Rest>
struct method_among<First, Rest...> : method_among<Rest...> {};
template <class Last>
struct method_among<Last> {
  using type = std::conditional_t<solving_method<Last>, Last, automatic>;
};

/// What says how outcomes are combined, their mean if nothing does: it stands first.
template <class... Rest>
struct equivalent_among {
  using type = expected_outcome;
};
template <class First, class... Rest>
struct equivalent_among<First, Rest...> {
  using type = std::conditional_t<is_certainty_equivalent_v<First>, First, expected_outcome>;
};
template <class... Rest>
using equivalent_among_t = typename equivalent_among<Rest...>::type;

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
using a_method_of_these_that_solves = a_method_that_solves_what<Find, typename method_among<Rest...>::type>;

/// `use(equivalent, rest...)` with what stands last: the mean over the outcomes where nothing says how to combine them.
template <class Use, class... Rest>
constexpr auto with_equivalent(Use const& use, Rest const&... rest) {
  if constexpr (begins_with_an_equivalent<Rest...>) {
    return use(rest...);
  } else {
    return use(expected_outcome{}, rest...);
  }
}

/// `use(method, start...)` with what stands last: where to begin, if it is said, and `automatic{}` where nothing says
/// how.
template <class Use>
constexpr auto with_where_and_how(Use const& use) {
  return use(automatic{});
}
template <class Use, class X>
constexpr auto with_where_and_how(Use const& use, X const& x) {
  if constexpr (solving_method<X>) {
    return use(x);
  } else {
    return use(automatic{}, x);
  }
}
template <class Use, class Start, class Method>
constexpr auto with_where_and_how(Use const& use, Start const& start, Method const& how) {
  return use(how, start);
}

/// `use(equivalent, method, start...)` with all of it.
template <class Use, class... Rest>
constexpr auto with_equivalent_where_and_how(Use const& use, Rest const&... rest) {
  return internal::with_equivalent(
      [&](auto const& equivalent, auto const&... more) {
        return internal::with_where_and_how(
            [&](auto const& how, auto const&... start) { return use(equivalent, how, start...); }, more...);
      },
      rest...);
}

}  // namespace bellman::internal
