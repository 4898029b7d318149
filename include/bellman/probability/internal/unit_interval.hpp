// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/scalar/arithmetic.hpp>

#include <cstddef>
#include <limits>
#include <type_traits>

namespace bellman::internal {

/// `draw_from_unit_interval(urbg)`: uniform on [0, 1), from as many calls as 53 bits take.
template <class G>
constexpr double draw_from_unit_interval(G& g) {
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

/// `draw_below(n, urbg)`: one of 0, 1, ..., n - 1, each as probable as the others but for a part of n 2^-53; n is from
/// 1 to 2^53.
template <class G>
constexpr std::size_t draw_below(std::size_t n, G& g) {
  auto const k = static_cast<std::size_t>(internal::draw_from_unit_interval(g) * static_cast<double>(n));
  return k < n ? k : n - 1;
}

}  // namespace bellman::internal
