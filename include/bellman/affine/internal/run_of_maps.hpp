// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/affine/affine.hpp>
#include <bellman/scalar/field.hpp>

namespace bellman::internal {

/// The composition of a run of maps, and whether one of them hides what comes after: a slope that became zero by
/// underflow does not.
template <class V, class F>
struct run_of_maps {
  affine<V, F> map = affine<V, F>::identity();
  bool hides = false;

  constexpr run_of_maps() = default;
  constexpr run_of_maps(affine<V, F> const& f) : map(f), hides(is_zero(f.slope)) {}

  template <class X>
  constexpr X operator()(X const& x) const {
    if (hides) return X(map.offset);
    return X(sum(map.offset, product(map.slope, x)));
  }

  /// This run, and behind it another.
  constexpr run_of_maps followed_by(run_of_maps const& later) const {
    if (hides) return *this;
    run_of_maps both;
    both.map = {(*this)(later.map.offset), product(map.slope, later.map.slope)};
    both.hides = later.hides;
    return both;
  }
};

}  // namespace bellman::internal
