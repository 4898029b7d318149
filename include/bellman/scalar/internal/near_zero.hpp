// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/scalar/arithmetic.hpp>
#include <bellman/scalar/exponential.hpp>

namespace bellman::internal {

// From the last coefficient, that of the highest power, to the first.
template <class V>
constexpr V polynomial(V const&, V const& last) {
  return last;
}
template <class V, class... Rest>
constexpr V polynomial(V const& x, V const& first, Rest const&... rest) {
  return sum(first, product(x, internal::polynomial(x, rest...)));
}

// log(1 + x) for x >= 0. Where 1 + x would lose digits of x: 2 artanh(s) with s = x / (2 + x), s <= 1/9, and the first
// term left out is below 2^-60 of the sum.
template <class V>
constexpr V log_of_one_plus(V const& x) {
  if (!(x < V(1) / V(4))) return bellman::log(sum(V(1), x));
  V const s = quotient(x, sum(V(2), x));
  V const series =
      internal::polynomial(V(product(s, s)), V(1), V(1) / V(3), V(1) / V(5), V(1) / V(7), V(1) / V(9), V(1) / V(11),
                           V(1) / V(13), V(1) / V(15), V(1) / V(17));
  return product(product(V(2), s), series);
}

// exp(x) - 1 for x >= 0; below 1/4 by its series, whose first term left out is below 2^-56 of the sum.
template <class V>
constexpr V exp_less_one(V const& x) {
  if (!(x < V(1) / V(4))) return difference(bellman::exp(x), V(1));
  return product(x, internal::polynomial(x, V(1), V(1) / V(2), V(1) / V(6), V(1) / V(24), V(1) / V(120), V(1) / V(720),
                                         V(1) / V(5040), V(1) / V(40320), V(1) / V(362880), V(1) / V(3628800),
                                         V(1) / V(39916800), V(1) / V(479001600)));
}

// exp(x) - 1 - x for |x| < 1/4, by its series, whose first term left out is below 2^-56 of the sum.
template <class V>
constexpr V exp_less_one_and_x(V const& x) {
  return product(product(x, x),
                 internal::polynomial(x, V(1) / V(2), V(1) / V(6), V(1) / V(24), V(1) / V(120), V(1) / V(720),
                                      V(1) / V(5040), V(1) / V(40320), V(1) / V(362880), V(1) / V(3628800),
                                      V(1) / V(39916800), V(1) / V(479001600), V(1) / V(6227020800.0)));
}

}  // namespace bellman::internal
