// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/conventions/internal/requirements.hpp>
#include <bellman/internal/refuse.hpp>

#include <cstddef>
#include <ranges>
#include <string>

namespace bellman::conventions {

namespace detail {

[[noreturn]] inline void columns_must_be_of_one_length(std::size_t n, std::size_t other) {
  internal::refuse("bellman: one column has " + std::to_string(n) + " elements, another " + std::to_string(other) +
                   "; they must be of one length");
}

struct common_length_fn {
  template <class First, class... Rest,
            class = typename internal::every<internal::a_range_walked_twice<First>,
                                             internal::a_range_walked_twice<Rest>...>::type::yes>
  constexpr std::size_t operator()(First&& first, Rest&&... rest) const {
    auto const n = static_cast<std::size_t>(std::ranges::distance(first));
    (check(n, static_cast<std::size_t>(std::ranges::distance(rest))), ...);
    return n;
  }

 private:
  static constexpr void check(std::size_t n, std::size_t other) {
    if (n != other) columns_must_be_of_one_length(n, other);
  }
};

}  // namespace detail

/// `common_length(xs, ys, ...)`: the length that all have.
///
/// *Arguments*: ranges of anything: columns, a row and its mask, the rows of a batch.
/// *Errors*: `invalid_value` for two lengths that differ.
/// *Use*:
///     bellman::conventions::common_length(std::array{1.0, 2.0}, std::array{true, false}) == 2
inline constexpr detail::common_length_fn common_length{};

}  // namespace bellman::conventions
