// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/scalar/selection.hpp>

namespace bellman {

/// `at_most(bound, x)`: the smaller of the two, where a NaN for x stays one.
///
/// *Arguments*: two numbers of one type that are ordered by `<`, or two packs, of which it is taken lane by lane.
/// *Cost*: a comparison and a selection.
/// *Use*:
///     bellman::at_most(1.0, 1.5) == 1.0 && bellman::at_most(1.0, 0.5) == 0.5
template <class X>
constexpr X at_most(X const& bound, X const& x) {
  return select(less(bound, x), bound, x);
}

}  // namespace bellman
