// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/conventions/arrays/in_place.hpp>
#include <bellman/conventions/internal/requirements.hpp>
#include <bellman/estimation/internal/rules.hpp>
#include <bellman/internal/refuse.hpp>
#include <bellman/layout/layout.hpp>
#include <bellman/layout/steps_of_sequences.hpp>

#include <cstddef>
#include <ranges>
#include <string>
#include <utility>

namespace bellman::conventions {

namespace detail {

[[noreturn]] inline void there_must_be_one_value_more(std::size_t n, std::size_t values) {
  internal::refuse("bellman: " + std::to_string(n) + " steps and " + std::to_string(values) +
                   " values; there must be one value more, that of the state after the last step");
}
[[noreturn]] inline void there_must_be_one_value_more_of_each(steps_of_sequences const& n,
                                                              steps_of_sequences const& values) {
  internal::refuse("bellman: " + internal::described(n) + " and values of " + internal::described(values) +
                   "; there must be one value more of each, that of the state after its last step");
}

struct before_last_fn {
  template <class Range, class = typename internal::every<internal::a_placed_range<internal::of_one_t<Range>>,
                                                          internal::of_steps_in_common<Range>>::type::yes>
  constexpr auto operator()(Range&& x, internal::length_t<Range> n) const {
    if constexpr (layout<Range>) {
      if (x.shape() != steps_of_sequences{n.steps + 1, n.sequences}) {
        detail::there_must_be_one_value_more_of_each(n, x.shape());
      }
      return x.first_steps(n.steps);
    } else {
      auto const size = static_cast<std::size_t>(std::ranges::distance(x));
      if (size != n + 1) detail::there_must_be_one_value_more(n, size);
      auto const begin = in_place(std::forward<Range>(x)).begin();
      return std::ranges::subrange(begin, begin + static_cast<std::ranges::range_difference_t<Range>>(n));
    }
  }
};

}  // namespace detail

/// `before_last(values, n)`: of n + 1 values, one for each state of n steps, those of the states in which actions were
/// taken.
///
/// *Arguments*: a random-access range that outlives the result, and the number of steps; or `time_major` or
/// `batch_major` arrays and `steps_of_sequences{n, N}`.
/// *Errors*: `invalid_value` unless there are n + 1 values; an array that is a temporary does not compile.
/// *Cost*: none; nothing is copied.
/// *Use*:
///     bellman::conventions::before_last(std::string_view("abc"), 2).back() == 'b'
inline constexpr detail::before_last_fn before_last{};

}  // namespace bellman::conventions
