// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/conventions/internal/placed_view.hpp>
#include <bellman/conventions/internal/requirements.hpp>
#include <bellman/internal/element_at.hpp>
#include <bellman/internal/refuse.hpp>

#include <cstddef>
#include <iterator>
#include <ranges>
#include <string>

namespace bellman::conventions {

namespace detail {

[[noreturn]] inline void a_stride_must_reach_into_the_array(std::size_t first, std::size_t stride) {
  internal::refuse("bellman: a column that starts at " + std::to_string(first) + " with the stride " +
                   std::to_string(stride) + "; the stride must be above 0 and the start below it");
}

template <class It>
struct element_of_a_stride {
  using value_type = std::iter_value_t<It>;

  It begin{};
  std::size_t first = 0;
  std::size_t stride = 1;

  constexpr decltype(auto) operator()(std::size_t t) const { return internal::element_at(begin, first + t * stride); }
};

struct strided_fn {
  template <class Range, class = typename internal::a_placed_range<Range>::type::yes>
  constexpr auto operator()(Range&& x, std::size_t first, std::size_t stride) const {
    if (!(first < stride)) a_stride_must_reach_into_the_array(first, stride);
    auto const size = static_cast<std::size_t>(std::ranges::distance(x));
    return internal::placed_view(
        (size + stride - 1 - first) / stride,
        element_of_a_stride<std::ranges::iterator_t<Range>>{std::ranges::begin(x), first, stride});
  }
};

}  // namespace detail

/// `strided(xs, first, stride)`: `x_first, x_{first + stride}, ...`: the column of environment `first` in a flat
/// time-major array of `stride` environments.
///
/// *Arguments*: a random-access range that outlives the result. What can be assigned through in it can be assigned
/// through here: an estimator writes to `strided(out, first, stride).begin()`.
/// *Errors*: `invalid_value` unless `first < stride`; an array that is a temporary does not compile.
/// *Cost*: none; nothing is copied.
/// *Use*:
///     bellman::conventions::strided(std::string_view("abcdef"), 1, 2).back() == 'f'
inline constexpr detail::strided_fn strided{};

}  // namespace bellman::conventions
