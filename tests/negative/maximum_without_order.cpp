// SPDX-License-Identifier: BSL-1.0
// expect: a maximum needs an order: a < b is missing

#include <bellman/scalar/maximum.hpp>

struct colour {
  int hue;
#ifdef CONTROL
  constexpr bool operator<(colour other) const { return hue < other.hue; }
#endif
};

constexpr int hue = bellman::maximum(colour{1}, colour{2}).hue;
