// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/conventions/internal/requirements.hpp>
#include <bellman/scalar/as_number.hpp>
#include <bellman/scalar/scalar_traits.hpp>

namespace bellman::conventions {

namespace detail {

struct value_unless_fn {
  template <class Flag, class V,
            class = typename internal::every<internal::a_flag<Flag>, internal::a_number_or_vector<V>>::type::yes>
  constexpr number_t<V> operator()(Flag const& is_terminated, V const& value) const {
    if (is_terminated != Flag(0)) return scalar_traits<number_t<V>>::zero();
    return number_t<V>(value);
  }
};

}  // namespace detail

/// `value_unless(is_terminated, value)`: what comes after the last step of a recording: 0 where the flag is not 0, else
/// `value`, as the episode goes on behind the recording.
///
/// *Arguments*: a flag of any type that compares with 0; a number, of which an integer counts as a `double`.
/// *Use*:
///     bellman::returns_to_go(std::array{1.0},
///                            bellman::recorded_steps{
///                                .value_after_last = bellman::conventions::value_unless(0, 2.0)}, 0.5)[0] == 2.0
inline constexpr detail::value_unless_fn value_unless{};

}  // namespace bellman::conventions
