// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/conventions/arrays/in_place.hpp>
#include <bellman/conventions/internal/requirements.hpp>
#include <bellman/layout/layout.hpp>

#include <cstddef>
#include <ranges>
#include <utility>

namespace bellman::conventions {

namespace detail {

struct from_fn {
  template <class Range, class = typename internal::every<internal::a_placed_range<internal::of_one_t<Range>>,
                                                          internal::of_steps_in_common<Range>>::type::yes>
  constexpr auto operator()(Range&& x, std::size_t t) const {
    if constexpr (layout<Range>) {
      return x.from_step(t);
    } else {
      using D = std::ranges::range_difference_t<Range>;
      return in_place(std::forward<Range>(x)) | std::views::drop(static_cast<D>(t));
    }
  }
};

}  // namespace detail

/// `from(xs, t)`: the numbers of a column from number t on, where they lie; none where there are no more than t.
///
/// *Arguments*: a random-access range that outlives the result; or `time_major` or `batch_major` arrays, from their
/// step t on.
/// *Errors*: an array that is a temporary does not compile.
/// *Cost*: none; nothing is copied.
/// *Use*:
///     bellman::conventions::from(std::string_view("abc"), 1).front() == 'b'
inline constexpr detail::from_fn from{};

}  // namespace bellman::conventions
