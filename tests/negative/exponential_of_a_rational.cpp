// SPDX-License-Identifier: BSL-1.0
// refused: this_number_has_no_exp

#include <bellman/scalar/exponential.hpp>

struct fraction {
  int numerator;
  int denominator;
#ifdef CONTROL
  friend constexpr fraction exp(fraction x) { return x; }
#endif
};

constexpr int numerator = bellman::exp(fraction{1, 2}).numerator;
