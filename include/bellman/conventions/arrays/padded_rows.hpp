// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/conventions/internal/requirements.hpp>

#include <cstddef>
#include <vector>

namespace bellman::conventions {

namespace detail {

struct padded_rows_fn {
  template <class Masks, class Token,
            class = typename internal::every<internal::rows_of_flags<Masks>,
                                             internal::a_function_of_positions<Token>>::type::yes>
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

}  // namespace detail

/// `padded_rows(masks, token)`: rows of the shape of the masks, `token(row, position)` where a mask is not 0, else 0.
///
/// *Arguments*: a range of masks; a callable of two indices.
/// *Cost*: one call of `token` for each flag that is not 0; a vector of vectors is allocated.
/// *Use*:
///     bellman::conventions::padded_rows(std::vector<std::vector<int>>{{1, 0}}, [](auto, auto) { return 2.5; }) ==
///         std::vector<std::vector<double>>{{2.5, 0.0}}
inline constexpr detail::padded_rows_fn padded_rows{};

}  // namespace bellman::conventions
