// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/conventions/internal/elementwise.hpp>
#include <bellman/conventions/internal/requirements.hpp>
#include <bellman/scalar/as_number.hpp>
#include <bellman/scalar/scalar_traits.hpp>

#include <ranges>
#include <type_traits>

namespace bellman::conventions {

namespace detail {

struct value_unless_fn {
  template <class Flag, class V, class = typename internal::a_flag_and_a_value_or_ranges<Flag, V>::type::yes>
  constexpr auto operator()(Flag&& is_terminated, V&& value) const {
    if constexpr (std::ranges::range<Flag>) {
      return internal::elementwise(*this, is_terminated, value);
    } else {
      using number = number_t<std::remove_cvref_t<V>>;
      if (is_terminated != std::remove_cvref_t<Flag>(0)) return scalar_traits<number>::zero();
      return number(value);
    }
  }
};

}  // namespace detail

/// `value_unless(is_terminated, value)`: what comes after the last step of a recording: 0 where the flag is not 0, else
/// `value`, as the episode goes on behind the recording.
///
/// *Arguments*: a flag of any type that compares with 0; a number, of which an integer counts as a `double`. Or a range
/// of each, with one for each of several sequences, that outlive the result, a lazy view.
/// *Errors*: `invalid_value` for two lengths that differ; an array that is a temporary does not compile.
/// *Use*:
///     bellman::returns_to_go(std::array{1.0},
///                            bellman::recorded_steps{
///                                .value_after_last = bellman::conventions::value_unless(0, 2.0)}, 0.5)[0] == 2.0
inline constexpr detail::value_unless_fn value_unless{};

}  // namespace bellman::conventions
