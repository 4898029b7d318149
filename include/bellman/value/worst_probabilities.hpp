// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/scalar/arithmetic.hpp>
#include <bellman/scalar/field.hpp>
#include <bellman/scalar/scalar_traits.hpp>
#include <bellman/value/certainty_equivalent.hpp>
#include <bellman/value/internal/rising_values.hpp>

#include <cstddef>
#include <type_traits>

namespace bellman {

/// The worst mean over all probabilities that lie in given intervals: each weight of the distribution is an interval,
/// and nature chooses, anew in each step.
///
/// *Arguments*: a distribution whose probabilities are `interval`s that contain one that sums to 1.
/// *Cost*: up to n^2 / 4 moves for n outcomes, and an allocation.
/// *Source*: Iyengar 2005; Nilim and El Ghaoui 2005.
/// *Use*:
///     bellman::worst_probabilities{}(
///         std::array{bellman::weighted{1.0, bellman::interval<double>(0.25, 0.5)},
///                    bellman::weighted{3.0, bellman::interval<double>(0.5, 0.75)}},
///         [](double x) { return x; }) == 2.0
struct worst_probabilities {
  template <class D, class F>
  constexpr auto operator()(D const& d, F const& f) const {
    auto const points = internal::rising_values(d, f);
    using X = std::remove_cvref_t<decltype(points[0].value)>;
    using P = std::remove_cvref_t<decltype(points[0].weight)>;
    using W = scalar_t<X>;
    W left(1);
    for (auto const& e : points) left = difference(left, static_cast<W>(scalar_traits<P>::lower(e.weight)));
    X total = scalar_traits<X>::zero();
    for (std::size_t k = 0; k < points.size(); ++k) {
      W const low = static_cast<W>(scalar_traits<P>::lower(points[k].weight));
      W const room = difference(static_cast<W>(scalar_traits<P>::upper(points[k].weight)), low);
      bool const last = k + 1 == points.size();
      W const more = last || !(room < left) ? left : room;
      W const taken = more < W(0) ? W(0) : more;
      total = sum(total, static_cast<X>(product(sum(low, taken), points[k].value)));
      left = difference(left, taken);
    }
    return total;
  }
};

template <>
inline constexpr bool is_certainty_equivalent_v<worst_probabilities> = true;

}  // namespace bellman
