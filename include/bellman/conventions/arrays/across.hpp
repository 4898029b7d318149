// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/conventions/internal/requirements.hpp>
#include <bellman/internal/element_at.hpp>
#include <bellman/internal/placed_view.hpp>

#include <cstddef>
#include <iterator>
#include <ranges>

namespace bellman::conventions {

namespace detail {

template <class It>
struct element_of_a_row {
  using row = std::iter_reference_t<It>;
  using value_type = std::ranges::range_value_t<row>;

  It begin{};
  std::size_t i = 0;

  // Of a row that is made where it is asked for, an element is its value.
  constexpr decltype(auto) operator()(std::size_t t) const {
    if constexpr (std::ranges::borrowed_range<row>) {
      auto&& its_row = internal::element_at(begin, t);
      return internal::element_at(its_row, i);
    } else {
      auto const its_row = internal::element_at(begin, t);
      return value_type(internal::element_at(its_row, i));
    }
  }
};

struct across_fn {
  template <class Rows, class = typename internal::every<internal::a_placed_range<Rows>,
                                                         internal::rows_with_random_access<Rows>>::type::yes>
  constexpr auto operator()(Rows&& rows, std::size_t i) const {
    auto const n = static_cast<std::size_t>(std::ranges::distance(rows));
    return internal::placed_view(n, element_of_a_row<std::ranges::iterator_t<Rows>>{std::ranges::begin(rows), i});
  }
};

}  // namespace detail

/// `across(rows, i)`: number i of every row: the column of environment i where a row is a time step.
///
/// *Arguments*: a random-access range of random-access ranges, that outlives the result; every row has more than i
/// numbers. What can be assigned through in them can be assigned through here: an estimator writes to
/// `across(out, i).begin()`.
/// *Errors*: an array that is a temporary does not compile.
/// *Cost*: none; nothing is copied.
/// *Use*:
///     [rows = std::array{std::array{1, 2}, std::array{3, 4}}] {
///       return bellman::conventions::across(rows, 0).back() == 3;
///     }()
inline constexpr detail::across_fn across{};

}  // namespace bellman::conventions
