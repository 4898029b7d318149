// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/scalar/arithmetic.hpp>
#include <bellman/scalar/as_number.hpp>

namespace bellman::models::internal {

/// A fraction, as long as it can be written: exact where division is.
struct fraction {
  long long numerator;
  long long denominator;
};

template <class F>
constexpr F as(fraction const& x) {
  return quotient(as_number<F>(x.numerator), as_number<F>(x.denominator));
}

/// `value_of_way(steps, each, last, gamma)`: what a way of so many steps is worth, at least one, that pays `each` for
/// every step but the last.
template <class F>
constexpr F value_of_way(int steps, int each, int last, F const& gamma) {
  F value = F(last);
  for (int k = 1; k < steps; ++k) value = sum(F(each), product(gamma, value));
  return value;
}

constexpr int distance(int a, int b) { return a < b ? b - a : a - b; }

}  // namespace bellman::models::internal
