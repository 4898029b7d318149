// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/conventions/internal/requirements.hpp>
#include <bellman/internal/refuse.hpp>

#include <cstddef>
#include <ranges>
#include <string>

namespace bellman::conventions {

namespace detail {

[[noreturn]] inline void there_must_be_one_mask_for_each_row(std::size_t shorter) {
  internal::refuse("bellman: one of the rows and their masks end after " + std::to_string(shorter) +
                   ", the others go on; there must be one mask for each row");
}
[[noreturn]] inline void a_row_must_be_as_long_as_its_mask(std::size_t row) {
  internal::refuse("bellman: row " + std::to_string(row) + " is not as long as its mask");
}

struct for_every_token_fn {
  template <class Rows, class Masks, class Function,
            class = typename internal::every<internal::rows_of_numbers<Rows>, internal::rows_of_flags<Masks>,
                                             internal::a_function_of_tokens_of<Function, Rows>>::type::yes>
  constexpr void operator()(Rows const& rows, Masks const& masks, Function const& f) const {
    auto mask = std::ranges::begin(masks);
    std::size_t row = 0;
    for (auto const& values : rows) {
      if (mask == std::ranges::end(masks)) there_must_be_one_mask_for_each_row(row);
      auto m = std::ranges::begin(*mask);
      for (auto const& x : values) {
        if (m == std::ranges::end(*mask)) a_row_must_be_as_long_as_its_mask(row);
        if (!(*m == 0)) f(row, x);
        ++m;
      }
      if (m != std::ranges::end(*mask)) a_row_must_be_as_long_as_its_mask(row);
      ++mask;
      ++row;
    }
    if (mask != std::ranges::end(masks)) there_must_be_one_mask_for_each_row(row);
  }
};

struct rows_fit_masks_fn {
  template <
      class Rows, class Masks,
      class = typename internal::every<internal::rows_of_numbers<Rows>, internal::rows_of_flags<Masks>>::type::yes>
  constexpr void operator()(Rows const& rows, Masks const& masks) const {
    for_every_token_fn{}(rows, masks, [](std::size_t, auto const&) {});
  }
};

}  // namespace detail

/// `for_every_token(rows, masks, f)`: `f(row, x)` for each element of the rows whose mask is not 0, in order; the
/// others are not looked at.
///
/// *Arguments*: a range of rows and one of masks; a callable of the row's index and an element.
/// *Errors*: `invalid_value` where rows and masks do not match.
/// *Use*:
///     [sum = 0.0]() mutable {
///       bellman::conventions::for_every_token(std::vector<std::vector<double>>{{2.5, 9.0}},
///                                             std::vector<std::vector<int>>{{1, 0}},
///                                             [&](std::size_t, double x) { sum += x; });
///       return sum == 2.5;
///     }()
inline constexpr detail::for_every_token_fn for_every_token{};

/// `rows_fit_masks(rows, masks)`: checks that there is a mask for each row, as long as the row.
///
/// *Arguments*: a range of rows and one of masks.
/// *Errors*: `invalid_value` where rows and masks do not match.
/// *Use*:
///     (bellman::conventions::rows_fit_masks(std::vector<std::vector<double>>{{2.5, 9.0}},
///                                           std::vector<std::vector<int>>{{1, 0}}),
///      true)
inline constexpr detail::rows_fit_masks_fn rows_fit_masks{};

}  // namespace bellman::conventions
