// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/scalar/arithmetic.hpp>

#include <limits>
#include <type_traits>

namespace bellman::internal {

/// `from_unit_interval(urbg)`: a number drawn from [0, 1), all alike, with as many calls of the generator as 53 bits take.
template <class G>
constexpr double from_unit_interval(G& g) {
  using E = std::remove_reference_t<G>;
  constexpr double range = static_cast<double>((E::max)() - (E::min)()) + 1.0;
  double value = 0;
  double span = 1;
  while (span < 9007199254740992.0) {
    value += product(static_cast<double>(g() - (E::min)()), span);
    span *= range;
  }
  double const u = value / span;
  return u < 1 ? u : 1 - std::numeric_limits<double>::epsilon() / 2;
}

}  // namespace bellman::internal
