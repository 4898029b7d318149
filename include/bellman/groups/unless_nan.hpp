// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/internal/verdict.hpp>
#include <bellman/scalar/internal/requirements.hpp>

#include <optional>

namespace bellman {

namespace detail {

struct unless_nan_fn {
  template <class X, class = typename internal::a_number<X>::type::yes>
  constexpr std::optional<X> operator()(X const& x) const {
    if (!(x == x)) return std::nullopt;
    return x;
  }
};

}  // namespace detail

/// `unless_nan(x)`: the number x, or none where it is a NaN: for rewards in which a NaN stands for an answer that got
/// none. No function takes a NaN for that unless it is said so.
///
///     grpo(rewards | std::views::transform(unless_nan), grouping)
///
/// *Arguments*: a number. All group methods take rewards that are `std::optional`.
/// *Use*:
///     bellman::unless_nan(1.0) == std::optional(1.0)
inline constexpr detail::unless_nan_fn unless_nan{};

}  // namespace bellman
