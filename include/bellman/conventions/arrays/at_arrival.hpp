// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/conventions/arrays/in_place.hpp>
#include <bellman/conventions/internal/elementwise.hpp>
#include <bellman/conventions/internal/requirements.hpp>
#include <bellman/internal/element_at.hpp>
#include <bellman/layout/layout.hpp>

#include <cstddef>
#include <iterator>
#include <ranges>
#include <utility>

namespace bellman::conventions {

namespace detail {

// What lies one step before: `before` elements before, where there are as many.
template <class It>
struct element_of_the_step_before {
  using value_type = std::iter_value_t<It>;

  It begin{};
  std::size_t before = 1;

  constexpr value_type operator()(std::size_t k) const {
    return value_type(internal::element_at(begin, k < before ? k : k - before));
  }
};

struct at_arrival_fn {
  template <class X, class = typename internal::a_number_or_a_placed_range<internal::of_one_t<X>>::type::yes>
  constexpr auto operator()(X&& x) const {
    if constexpr (std::ranges::range<X> || layout<X>) {
      auto const places = in_place(std::forward<X>(x));
      auto const rows = internal::rows_in(places);
      std::size_t const before = internal::is_time_major<X> ? rows.stride : 1;
      return internal::computed_as(places, element_of_the_step_before<decltype(rows.begin)>{rows.begin, before});
    } else {
      return x;
    }
  }
};

}  // namespace detail

/// `at_arrival(xs)`: numbers that were recorded of the state in which action t arrived, as numbers of the state in
/// which action t is taken: `x_{t-1}`, where the estimators read `x_t`. The first, of which nothing is known, is `x_0`,
/// of several sequences any number of their array; no estimate depends on it.
///
/// *Arguments*: a random-access range that outlives the result, or an array of several sequences; or one number for all
/// steps, which is that number.
/// *Errors*: an array that is a temporary does not compile.
/// *Cost*: none; nothing is copied.
/// *Use*:
///     bellman::conventions::at_arrival(std::string_view("abc")).back() == 'b'
inline constexpr detail::at_arrival_fn at_arrival{};

}  // namespace bellman::conventions
