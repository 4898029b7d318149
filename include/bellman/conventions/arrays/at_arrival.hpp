// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/conventions/arrays/computed.hpp>
#include <bellman/conventions/arrays/in_place.hpp>
#include <bellman/conventions/internal/requirements.hpp>
#include <bellman/internal/element_at.hpp>

#include <cstddef>
#include <ranges>
#include <utility>

namespace bellman::conventions {

namespace detail {

struct at_arrival_fn {
  template <class X, class = typename internal::a_number_or_a_placed_range<X>::type::yes>
  constexpr auto operator()(X&& x) const {
    if constexpr (std::ranges::range<X>) {
      auto const n = static_cast<std::size_t>(std::ranges::distance(x));
      return computed(n, [begin = in_place(std::forward<X>(x)).begin()](std::size_t t) {
        return std::ranges::range_value_t<X>(internal::element_at(begin, t == 0 ? 0 : t - 1));
      });
    } else {
      return x;
    }
  }
};

}  // namespace detail

/// `at_arrival(xs)`: numbers that were recorded of the state in which action t arrived, as numbers of the state in
/// which action t is taken: `x_{t-1}`, where the estimators read `x_t`. The first, of which nothing is known, is `x_0`;
/// no estimate depends on it.
///
/// *Arguments*: a random-access range that outlives the result; or one number for all steps, which is that number.
/// *Errors*: an array that is a temporary does not compile.
/// *Cost*: none; nothing is copied.
/// *Use*:
///     bellman::conventions::at_arrival(std::string_view("abc")).back() == 'b'
inline constexpr detail::at_arrival_fn at_arrival{};

}  // namespace bellman::conventions
