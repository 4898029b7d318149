// SPDX-License-Identifier: BSL-1.0
// refused: a_maximum_needs_an_order

#include <bellman/scalar/maximum.hpp>

struct colour {
  int hue;
#ifdef CONTROL
  constexpr bool operator<(colour other) const { return hue < other.hue; }
#endif
};

constexpr int hue = bellman::maximum(colour{1}, colour{2}).hue;
