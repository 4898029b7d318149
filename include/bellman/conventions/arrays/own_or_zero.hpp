// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/conventions/arrays/common_length.hpp>
#include <bellman/conventions/arrays/computed.hpp>
#include <bellman/conventions/arrays/in_place.hpp>
#include <bellman/internal/element_at.hpp>

#include <cstddef>
#include <ranges>
#include <utility>

namespace bellman::conventions {

namespace detail {

struct own_or_zero_fn {
  template <std::ranges::random_access_range Mask, std::ranges::random_access_range Range>
  constexpr auto operator()(Mask&& own, Range&& x) const {
    std::size_t const n = common_length(own, x);
    return computed(n, [flags = in_place(std::forward<Mask>(own)).begin(),
                        begin = in_place(std::forward<Range>(x)).begin()](std::size_t t) {
      using T = std::ranges::range_value_t<Range>;
      if (internal::element_at(flags, t) == std::ranges::range_value_t<Mask>(0)) return T{};
      return T(internal::element_at(begin, t));
    });
  }
};

}  // namespace detail

/// `own_or_zero(mask, xs)`: `x_t` where the mask is not 0, else 0, whatever stands there.
///
/// *Arguments*: a mask of the policy's own tokens and a column, random-access ranges that outlive the result.
/// *Errors*: `invalid_value` for two lengths that differ; an array that is a temporary does not compile.
/// *Cost*: none; nothing is copied.
/// *Use*:
///     bellman::conventions::own_or_zero(std::string_view("\0a", 2), std::string_view("bc")).back() == 'c'
inline constexpr detail::own_or_zero_fn own_or_zero{};

}  // namespace bellman::conventions
