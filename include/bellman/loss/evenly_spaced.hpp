// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/internal/refuse.hpp>
#include <bellman/loss/internal/common_number.hpp>
#include <bellman/scalar/arithmetic.hpp>
#include <bellman/scalar/as_number.hpp>
#include <bellman/scalar/field.hpp>
#include <bellman/scalar/internal/check_output.hpp>

#include <cstddef>
#include <iterator>
#include <string>
#include <vector>

namespace bellman {

namespace detail {

[[noreturn]] inline void an_even_spacing_needs_two_values(std::size_t n) {
  internal::refuse("bellman: evenly_spaced: " + std::to_string(n) + " values; there must be two at least");
}

struct evenly_spaced_fn {
  template <class L, class H>
    requires ordered_field<internal::common_number_t<L, H>>
  constexpr auto operator()(L const& lowest, H const& highest, std::size_t count) const {
    using V = internal::common_number_t<L, H>;
    std::vector<V> values(count, V(0));
    (*this)(lowest, highest, count, values.begin());
    return values;
  }

  template <class L, class H, std::input_or_output_iterator Out>
    requires ordered_field<internal::common_number_t<L, H>>
  constexpr Out operator()(L const& lowest, H const& highest, std::size_t count, Out out) const {
    using V = internal::common_number_t<L, H>;
    internal::check_output<Out, V>();
    if (count < 2) an_even_spacing_needs_two_values(count);
    for (std::size_t k = 0; k < count; ++k) {
      V const below = product(as_number<V>(count - 1 - k), static_cast<V>(lowest));
      V const above = product(as_number<V>(k), static_cast<V>(highest));
      *out = quotient(V(sum(below, above)), as_number<V>(count - 1));
      ++out;
    }
    return out;
  }
};

}  // namespace detail

/// `evenly_spaced(lowest, highest, count)`: `count` values at equal distances, both ends included.
///
/// *Arguments*: the two ends, whose type the values have; an integer beside a number is one of its type, integers alone
/// count as `double`. A `std::vector` comes out; a last argument `out` writes the values there and returns its end.
/// *Errors*: fewer than two values throw `invalid_value`.
/// *Cost*: O(count).
/// *Use*:
///     bellman::evenly_spaced(-1, 1, 3) == std::vector{-1.0, 0.0, 1.0}
inline constexpr detail::evenly_spaced_fn evenly_spaced{};

}  // namespace bellman
