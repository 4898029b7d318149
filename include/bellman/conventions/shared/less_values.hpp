// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/conventions/arrays/common_length.hpp>
#include <bellman/conventions/arrays/number_at.hpp>
#include <bellman/conventions/internal/requirements.hpp>
#include <bellman/scalar/arithmetic.hpp>

#include <cstddef>
#include <ranges>

namespace bellman::conventions {

namespace detail {

struct less_values_fn {
  template <
      class Estimates, class Values,
      class = typename internal::every<internal::a_column_of_values<Estimates>, internal::a_column_of_values<Values>,
                                       internal::a_container_of_numbers_made_of<Estimates, Values>>::type::yes>
  constexpr Estimates operator()(Estimates estimates, Values const& values) const {
    using V = std::ranges::range_value_t<Estimates>;
    std::size_t const n = common_length(estimates, values);
    for (std::size_t t = 0; t < n; ++t) estimates[t] = difference(estimates[t], static_cast<V>(number_at(values, t)));
    return estimates;
  }
};

}  // namespace detail

/// `less_values(estimates, values)`: `estimates_t - values_t`: of returns the advantages, of targets the TD errors.
///
/// *Arguments*: a container, which is given back, and a column.
/// *Errors*: `invalid_value` for two lengths that differ.
/// *Cost*: O(n); what is moved in is not copied.
/// *Use*:
///     bellman::conventions::less_values(std::array{3.0, 2.0}, std::array{1.0, 2.5}) == std::array{2.0, -0.5}
inline constexpr detail::less_values_fn less_values{};

}  // namespace bellman::conventions
