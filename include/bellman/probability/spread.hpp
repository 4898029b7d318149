// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/probability/statistics.hpp>
#include <bellman/scalar/arithmetic.hpp>
#include <bellman/scalar/as_number.hpp>
#include <bellman/scalar/square_root.hpp>

#include <concepts>

namespace bellman {

/// How wide values are spread: anything that makes a number of their statistics. What divides an advantage is one.
///
/// Minimal definition: `spread(statistics<V, W>)` is a `V`.
///
/// Models: the two variances, `root_of` another, `spread_plus` and `spread_at_least` a constant, `unless_alone`, and
/// what these make together. A library's own way to take a standard deviation is such a composition:
///
///     standard_deviation{}                                          sqrt(squares / (n - 1))
///     spread_plus{standard_deviation{}, 1e-4}                       sqrt(squares / (n - 1)) + 1e-4
///     spread_at_least{standard_deviation{}, 1e-6}                   max(sqrt(squares / (n - 1)), 1e-6)
///     root_of{spread_plus{sample_variance{}, 1e-8}}                 sqrt(squares / (n - 1) + 1e-8)
///     root_of{spread_at_least{population_variance{}, 1e-8}}         sqrt(max(squares / n, 1e-8))
template <class S, class V, class W>
concept spread_of = requires(S const& spread, statistics<V, W> const& s) {
  { spread(s) } -> std::convertible_to<V>;
};

/// `squares / (n - 1)`, Bessel's correction: unbiased. Of one value, or none, it is 0.
struct sample_variance {
  template <class V, class W>
  constexpr V operator()(statistics<V, W> const& s) const {
    if (!(W(1) < s.count)) return V{};
    return quotient(s.squares, as_number<V>(difference(s.count, W(1))));
  }
};

/// `squares / n`, the variance of just these values. Of no values it is 0.
struct population_variance {
  template <class V, class W>
  constexpr V operator()(statistics<V, W> const& s) const {
    if (s.count == W{}) return V{};
    return quotient(s.squares, as_number<V>(s.count));
  }
};

/// The square root of another spread, for a scalar that has one. Of 0 it is the constant 0, where a dual number would
/// have no derivative.
template <class Spread>
struct root_of {
  Spread spread;

  template <class V, class W>
  constexpr V operator()(statistics<V, W> const& s) const {
    V const square = spread(s);
    if (square == V(0)) return V(0);
    return bellman::sqrt(square);
  }
};
template <class Spread>
root_of(Spread) -> root_of<Spread>;

/// Another spread plus a constant, which is taken in its scalar.
template <class Spread, class E>
struct spread_plus {
  Spread spread;
  E epsilon;

  template <class V, class W>
  constexpr V operator()(statistics<V, W> const& s) const {
    return sum(spread(s), static_cast<V>(epsilon));
  }
};
template <class Spread, class E>
spread_plus(Spread, E) -> spread_plus<Spread, E>;

/// Another spread, but no less than a constant, which is taken in its scalar.
template <class Spread, class E>
struct spread_at_least {
  Spread spread;
  E floor;

  template <class V, class W>
  constexpr V operator()(statistics<V, W> const& s) const {
    V const width = spread(s);
    V const least = static_cast<V>(floor);
    return width < least ? least : width;
  }
};
template <class Spread, class E>
spread_at_least(Spread, E) -> spread_at_least<Spread, E>;

using standard_deviation = root_of<sample_variance>;
using population_standard_deviation = root_of<population_variance>;

}  // namespace bellman
