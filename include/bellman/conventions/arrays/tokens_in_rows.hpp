// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/conventions/internal/requirements.hpp>
#include <bellman/internal/vector.hpp>
#include <cstddef>

namespace bellman::conventions {

namespace detail {

struct tokens_in_rows_fn {
  template <class Masks, class = typename internal::rows_of_flags<Masks>::type::yes>
  constexpr auto operator()(Masks const& masks) const {
    internal::vector<std::size_t> lengths;
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

/// `tokens_in_rows(masks)`: for each row how many flags of its mask are not 0.
///
/// *Arguments*: a range of masks.
/// *Cost*: a vector is allocated.
/// *Use*:
///     bellman::conventions::tokens_in_rows(std::array{std::array{1, 0}, std::array{1, 1}}) ==
///         std::vector<std::size_t>{1, 2}
inline constexpr detail::tokens_in_rows_fn tokens_in_rows{};

}  // namespace bellman::conventions
