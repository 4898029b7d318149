// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/error.hpp>

#include <cstddef>
#include <ranges>
#include <string>
#include <vector>

namespace bellman::conventions {

namespace detail {

[[noreturn]] inline void there_must_be_one_mask_for_each_row(std::size_t shorter) {
  throw invalid_value("bellman: one of the rows and their masks end after " + std::to_string(shorter) +
                      ", the others go on; there must be one mask for each row");
}
[[noreturn]] inline void a_row_must_be_as_long_as_its_mask(std::size_t row) {
  throw invalid_value("bellman: row " + std::to_string(row) + " is not as long as its mask");
}

struct padded_rows_fn {
  template <std::ranges::forward_range Masks, class Token>
  constexpr auto operator()(Masks const& masks, Token const& token) const {
    using V = decltype(token(std::size_t{}, std::size_t{}));
    std::vector<std::vector<V>> rows;
    for (auto const& mask : masks) {
      std::vector<V> row;
      for (auto const& m : mask) row.push_back(m == 0 ? V{} : token(rows.size(), row.size()));
      rows.push_back(row);
    }
    return rows;
  }
};

struct for_every_token_fn {
  template <std::ranges::forward_range Rows, std::ranges::forward_range Masks, class Function>
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
  template <std::ranges::forward_range Rows, std::ranges::forward_range Masks>
  constexpr void operator()(Rows const& rows, Masks const& masks) const {
    for_every_token_fn{}(rows, masks, [](std::size_t, auto const&) {});
  }
};

struct tokens_in_rows_fn {
  template <std::ranges::forward_range Masks>
  constexpr auto operator()(Masks const& masks) const {
    std::vector<std::size_t> lengths;
    for (auto const& mask : masks) {
      lengths.push_back(0);
      for (auto const& m : mask) {
        if (!(m == 0)) ++lengths.back();
      }
    }
    return lengths;
  }
};

}  // namespace detail

/// `padded_rows(masks, token)`: rows of the shape of the masks, `token(row, position)` where a mask is not 0, else 0.
inline constexpr detail::padded_rows_fn padded_rows{};

/// `for_every_token(rows, masks, f)`: `f(row, x)` for each element of the rows whose mask is not 0, in order; the
/// others are not looked at. Throws `invalid_value` where rows and masks do not match.
inline constexpr detail::for_every_token_fn for_every_token{};

/// `rows_fit_masks(rows, masks)`: throws `invalid_value` where rows and masks do not match.
inline constexpr detail::rows_fit_masks_fn rows_fit_masks{};

/// `tokens_in_rows(masks)`: for each row how many flags of its mask are not 0.
inline constexpr detail::tokens_in_rows_fn tokens_in_rows{};

}  // namespace bellman::conventions
