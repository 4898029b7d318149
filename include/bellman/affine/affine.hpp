// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/error.hpp>
#include <bellman/scalar/arithmetic.hpp>
#include <bellman/scalar/field.hpp>

#include <concepts>

namespace bellman {

namespace detail {

[[noreturn]] inline void slope_must_not_be_one() {
  throw invalid_value(
      "bellman: an affine map of slope 1 has no single fixed point: nothing is discounted, nothing ends");
}

}  // namespace detail

/// The affine map `x -> offset + slope * x` of a vector space, with a scalar slope.
///
/// A step of a path is one: what comes after it is worth `x`, the step makes it `reward + gamma * x`. Affine maps are a
/// monoid under composition, so a run of steps is one too:
///
///     compose(f, g)(x) == f(g(x))
///     compose(f, compose(g, h)) == compose(compose(f, g), h)
///     compose(f, identity) == f == compose(identity, f)
///
/// exactly for exact scalars. A map of slope zero is constant: `applied(f, x)` and every scan do not even see a NaN
/// behind it. Laws: tests/laws.
template <class V, class F = scalar_t<V>>
struct affine {
  V offset{};
  F slope{1};

  template <class X>
  constexpr auto operator()(X const& x) const {
    return sum(offset, product(slope, x));
  }

  /// `x -> x`.
  static constexpr affine identity() { return {V{}, F(1)}; }

  /// `x -> value`.
  static constexpr affine constant(V value) { return {value, F(0)}; }

  friend constexpr bool operator==(affine const&, affine const&) = default;
};

template <class V, class F>
affine(V, F) -> affine<V, F>;

namespace detail {

struct compose_fn {
  template <class V, class F>
  constexpr affine<V, F> operator()(affine<V, F> const& f, affine<V, F> const& g) const {
    return {f(g.offset), product(f.slope, g.slope)};
  }
};

struct fixed_point_fn {
  template <class V, class F>
  constexpr auto operator()(affine<V, F> const& f) const {
    F const rest = difference(F(1), f.slope);
    if (rest == F(0)) slope_must_not_be_one();
    if constexpr (std::same_as<V, F>) {
      return quotient(f.offset, rest);
    } else {
      return product(quotient(F(1), rest), f.offset);
    }
  }
};

}  // namespace detail

/// `compose(f, g)`: the map `x -> f(g(x))`, first `g`, then `f`. For steps of a path, the earlier one is `f`.
inline constexpr detail::compose_fn compose{};

/// `fixed_point(f)`: the `x` with `f(x) == x`, which is `offset / (1 - slope)`. Throws `invalid_value` for slope one.
inline constexpr detail::fixed_point_fn fixed_point{};

}  // namespace bellman
