// SPDX-License-Identifier: BSL-1.0
#pragma once

namespace bellman::internal {

/// A mask that holds nowhere, so that what it would select is not computed; a column that is not there.
struct nowhere {
  template <class X, class Y>
  friend constexpr Y const& select(nowhere, X const&, Y const& y) {
    return y;
  }
};

/// Whether the mask of one step holds.
constexpr bool holds(bool mask) { return mask; }
constexpr bool holds(nowhere) { return false; }

}  // namespace bellman::internal
