// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <limits>
#include <vector>

#include "support/approx_equal.hpp"

// What every transform of values is held to.
namespace bellman::test {

inline constexpr double infinity = std::numeric_limits<double>::infinity();

/// Both signs, from 1e-18 to 1e18.
template <class T>
std::vector<T> numbers(T largest = T(1e18)) {
  std::vector<T> all{T(0)};
  for (T x = T(1e-18); x < largest; x *= T(1.7)) {
    all.push_back(x);
    all.push_back(-x);
  }
  return all;
}

template <class H, class T>
bool inverts(H const& h, std::vector<T> const& all, T tolerance) {
  for (T const x : all) {
    if (!approx_equal(h.inverse(h(x)), x, tolerance)) return false;
  }
  return true;
}

template <class H, class T>
bool keeps_order_and_sign(H const& h, T least, T largest) {
  T before = h(least);
  for (T x = least; x < largest; x += (largest - least) / T(1000)) {
    if (x != least && !(before < h(x))) return false;
    if (h(-x) != -h(x)) return false;
    before = h(x);
  }
  return true;
}

/// Whether infinity and a NaN stay what they are.
template <class H>
bool keeps_what_is_not_finite(H const& h) {
  double const nan = std::numeric_limits<double>::quiet_NaN();
  return h(infinity) == infinity && h(-infinity) == -infinity && h.inverse(infinity) == infinity &&
         h.inverse(-infinity) == -infinity && h(nan) != h(nan) && h.inverse(nan) != h.inverse(nan);
}

}  // namespace bellman::test
