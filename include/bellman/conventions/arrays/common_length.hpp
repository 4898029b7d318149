// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/conventions/internal/requirements.hpp>
#include <bellman/estimation/internal/rules.hpp>
#include <bellman/internal/refuse.hpp>
#include <bellman/layout/layout.hpp>
#include <bellman/layout/steps_of_sequences.hpp>

#include <cstddef>
#include <ranges>
#include <string>
#include <type_traits>

namespace bellman::conventions {

namespace detail {

[[noreturn]] inline void columns_must_be_of_one_length(std::size_t n, std::size_t other) {
  internal::refuse("bellman: one column has " + std::to_string(n) + " elements, another " + std::to_string(other) +
                   "; they must be of one length");
}
[[noreturn]] inline void arrays_must_be_of_one_shape(steps_of_sequences const& shape, steps_of_sequences const& other) {
  internal::refuse("bellman: one array is of " + internal::described(shape) + ", another of " +
                   internal::described(other) + "; they must be of one shape");
}
[[noreturn]] inline void packed_arrays_must_be_of_one_shape() {
  internal::refuse("bellman: two packed arrays are of sequences of other lengths; they must be of one shape");
}

struct common_length_fn {
  template <class First, class... Rest,
            class = typename internal::every<internal::a_range_walked_twice<internal::of_one_t<First>>,
                                             internal::a_range_walked_twice<internal::of_one_t<Rest>>...,
                                             internal::in_one_layout<First, Rest...>>::type::yes>
  constexpr auto operator()(First&& first, Rest&&... rest) const {
    (check(first, rest), ...);
    return length(first);
  }

 private:
  template <class X>
  static constexpr auto length(X&& x) {
    using internal::order_of_memory;
    constexpr auto order = internal::order_of_memory_of<std::remove_cvref_t<X>>;
    if constexpr (order == order_of_memory::none) {
      return static_cast<std::size_t>(std::ranges::distance(x));
    } else if constexpr (order == order_of_memory::packed) {
      return x.size();
    } else {
      return x.shape();
    }
  }
  template <class X, class Other>
  static constexpr void check(X&& x, Other&& other) {
    using internal::order_of_memory;
    constexpr auto order = internal::order_of_memory_of<std::remove_cvref_t<X>>;
    if constexpr (order == order_of_memory::none) {
      if (length(x) != length(other)) detail::columns_must_be_of_one_length(length(x), length(other));
    } else if constexpr (order == order_of_memory::packed) {
      if (!x.has_the_shape_of(other)) packed_arrays_must_be_of_one_shape();
    } else {
      if (length(x) != length(other)) detail::arrays_must_be_of_one_shape(length(x), length(other));
    }
  }
};

}  // namespace detail

/// `common_length(xs, ys, ...)`: the length that all have; of arrays of several sequences the shape,
/// `steps_of_sequences`, of packed ones how many numbers they have.
///
/// *Arguments*: ranges of anything: columns, a row and its mask, the rows of a batch; or arrays in one layout.
/// *Errors*: `invalid_value` for two lengths that differ, or two shapes.
/// *Use*:
///     bellman::conventions::common_length(std::array{1.0, 2.0}, std::array{true, false}) == 2
inline constexpr detail::common_length_fn common_length{};

}  // namespace bellman::conventions
