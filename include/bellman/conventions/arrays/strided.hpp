// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/conventions/arrays/computed.hpp>
#include <bellman/conventions/arrays/in_place.hpp>
#include <bellman/internal/element_at.hpp>
#include <bellman/internal/refuse.hpp>

#include <cstddef>
#include <ranges>
#include <string>
#include <utility>

namespace bellman::conventions {

namespace detail {

[[noreturn]] inline void a_stride_must_reach_into_the_array(std::size_t first, std::size_t stride) {
  internal::refuse("bellman: a column that starts at " + std::to_string(first) + " with the stride " +
                   std::to_string(stride) + "; the stride must be above 0 and the start below it");
}

struct strided_fn {
  template <std::ranges::random_access_range Range>
  constexpr auto operator()(Range&& x, std::size_t first, std::size_t stride) const {
    if (!(first < stride)) a_stride_must_reach_into_the_array(first, stride);
    auto const size = static_cast<std::size_t>(std::ranges::distance(x));
    return computed((size + stride - 1 - first) / stride,
                    [begin = in_place(std::forward<Range>(x)).begin(), first, stride](std::size_t t) {
                      return std::ranges::range_value_t<Range>(internal::element_at(begin, first + t * stride));
                    });
  }
};

}  // namespace detail

/// `strided(xs, first, stride)`: `x_first, x_{first + stride}, ...`: the column of environment `first` in a flat
/// time-major array of `stride` environments.
///
/// *Arguments*: a random-access range that outlives the result.
/// *Errors*: `invalid_value` unless `first < stride`; an array that is a temporary does not compile.
/// *Cost*: none; nothing is copied.
/// *Use*:
///     bellman::conventions::strided(std::string_view("abcdef"), 1, 2).back() == 'f'
inline constexpr detail::strided_fn strided{};

}  // namespace bellman::conventions
