// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "../support/table.hpp"

#include <bellman/interop/boost_multiprecision.hpp>

#include <string>

namespace grid_world {

/// Exact, and long: a sweep of value iteration multiplies denominators by ten.
using fraction = bellman::rational512;

/// `4119/5840`, or `1` where the denominator is one.
inline std::string to_text(fraction const& x) {
  return x.denominator() == 1 ? x.numerator().str() : x.numerator().str() + "/" + x.denominator().str();
}

/// The nearest `double`, or one beside it.
inline double rounded(fraction const& x) {
  return static_cast<double>(x.numerator()) / static_cast<double>(x.denominator());
}

inline std::string decimal(fraction const& x, int digits = 4) { return support::fixed(rounded(x), digits); }

}  // namespace grid_world
