// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/affine/affine.hpp>
#include <bellman/affine/internal/requirements.hpp>
#include <bellman/affine/internal/run_of_maps.hpp>
#include <bellman/affine/internal/value_of_maps.hpp>
#include <bellman/internal/verdict.hpp>

#include <ranges>
#include <type_traits>

namespace bellman {

namespace detail {

struct fold_fn {
  // The maps from the last to the first, when they can be walked backwards; else their composition from the first on,
  // which associativity makes the same.
  template <
      class Maps, class Last,
      class = typename internal::every<internal::a_range_of_maps<Maps>, internal::a_value_after<Last, Maps>>::type::yes>
  constexpr auto operator()(Maps&& maps, Last const& last) const {
    using X = internal::value_of_maps<Maps, Last>;
    X x = static_cast<X>(last);
    if constexpr (std::ranges::bidirectional_range<Maps> && std::ranges::common_range<Maps>) {
      for (auto it = std::ranges::end(maps), first = std::ranges::begin(maps); it != first;) x = X((*--it)(x));
      return x;
    } else {
      using map = std::remove_cvref_t<std::ranges::range_reference_t<Maps>>;
      decltype(internal::run_of_maps(map::identity())) all;
      for (auto&& f : maps) all = all.followed_by(map(f));
      return all(x);
    }
  }
};

}  // namespace detail

/// `fold(maps, x)`: `f_0(f_1(...f_{n-1}(x)))`, the value before the first step when what comes after the last is worth
/// `x`.
///
/// *Arguments*: any input range of affine maps; a value, where a built-in number takes the maps' type.
/// *Errors*: none.
/// *Cost*: O(n), allocates nothing.
/// *Laws*: the fold of the maps put together is that of the second part, folded into the first (tests/affine/fold.cpp).
/// *Use*:
///     bellman::fold(std::array{bellman::affine{1.0, 0.5}, bellman::affine{2.0, 0.5}}, 4) == 3.0
inline constexpr detail::fold_fn fold{};

}  // namespace bellman
