// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/scalar/selection.hpp>

namespace bellman {

/// `at_most(bound, x)`: the smaller of the two, where a NaN for x stays one. Of a number or, lane by lane, of packs.
template <class X>
constexpr X at_most(X const& bound, X const& x) {
  return select(less(bound, x), bound, x);
}

}  // namespace bellman
