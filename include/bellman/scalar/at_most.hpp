// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/internal/verdict.hpp>
#include <bellman/scalar/internal/requirements.hpp>
#include <bellman/scalar/selection.hpp>

#include <type_traits>

namespace bellman {

namespace refused {

struct a_bound_needs_numbers_with_an_order {};

}  // namespace refused

namespace detail {

template <class X>
using with_an_order = internal::rule<(internal::operand<X> && std::is_invocable_v<decltype(less), X, X>),
                                     refused::a_bound_needs_numbers_with_an_order>;

struct at_most_fn {
  template <class X, class = typename with_an_order<X>::type::yes>
  constexpr X operator()(X const& bound, X const& x) const {
    return select(less(bound, x), bound, x);
  }
};

}  // namespace detail

/// `at_most(bound, x)`: the smaller of the two, where a NaN for x stays one.
///
/// *Arguments*: two numbers of one type that are ordered by `<`, or two packs, of which it is taken lane by lane.
/// *Cost*: a comparison and a selection.
/// *Use*:
///     bellman::at_most(1.0, 1.5) == 1.0 && bellman::at_most(1.0, 0.5) == 0.5
inline constexpr detail::at_most_fn at_most{};

}  // namespace bellman
