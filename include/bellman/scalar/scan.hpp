// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/scalar/affine.hpp>

#include <iterator>
#include <ranges>
#include <type_traits>

namespace bellman {

namespace detail {

struct fold_fn {
  /// The maps from the last to the first, when they can be walked backwards; else their composition from the first on,
  /// which associativity makes the same.
  template <std::ranges::input_range Maps, class X>
  constexpr X operator()(Maps&& maps, X x) const {
    if constexpr (std::ranges::bidirectional_range<Maps> && std::ranges::common_range<Maps>) {
      for (auto it = std::ranges::end(maps), first = std::ranges::begin(maps); it != first;) x = (*--it)(x);
      return x;
    } else {
      using map = std::remove_cvref_t<std::ranges::range_reference_t<Maps>>;
      map all = map::identity();
      for (auto&& f : maps) all = compose(all, map(f));
      return all(x);
    }
  }
};

struct backward_scan_fn {
  template <std::ranges::bidirectional_range Maps, class X, std::bidirectional_iterator Out>
    requires std::ranges::common_range<Maps>
  constexpr X operator()(Maps&& maps, X x, Out out_end) const {
    for (auto it = std::ranges::end(maps), first = std::ranges::begin(maps); it != first;) {
      x = (*--it)(x);
      *--out_end = x;
    }
    return x;
  }
};

}  // namespace detail

/// `fold(maps, x)`: `f_0(f_1(...f_{n-1}(x)))`, the value before the first step when what comes after the last is worth
/// `x`. Any input range of affine maps; O(n).
inline constexpr detail::fold_fn fold{};

/// `backward_scan(maps, x, out_end)`: every `f_t(f_{t+1}(...f_{n-1}(x)))`, written backwards so that the last ends
/// before `out_end`; returns the first. One multiply-add a step, nothing is allocated; `out` may be where the maps are
/// read from.
inline constexpr detail::backward_scan_fn backward_scan{};

}  // namespace bellman
