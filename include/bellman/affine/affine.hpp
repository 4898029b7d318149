// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/internal/refuse.hpp>
#include <bellman/internal/verdict.hpp>
#include <bellman/scalar/arithmetic.hpp>
#include <bellman/scalar/field.hpp>
#include <bellman/scalar/internal/parts.hpp>
#include <bellman/scalar/scalar_traits.hpp>
#include <bellman/scalar/selection.hpp>

#include <concepts>
#include <type_traits>

namespace bellman {

namespace refused {

struct an_affine_map_cannot_scale_this {};

}  // namespace refused

namespace detail {

[[noreturn]] inline void slope_must_not_be_one() {
  internal::refuse("bellman: an affine map of slope 1 has no single fixed point: nothing is discounted, nothing ends");
}

// Whether `offset + slope * x` is.
template <class V, class F, class X>
concept maps = std::is_invocable_v<decltype(product), F, X> && requires(V const& offset, F const& slope, X const& x) {
  static_cast<decltype(sum(offset, product(slope, x)))>(offset);
};

}  // namespace detail

/// `affine{offset, slope}`: the map `x -> offset + slope * x` of a vector space, with a scalar slope.
///
/// A step of a path is one: what comes after it is worth `x`, the step makes it `reward + gamma * x`. A map of slope
/// zero is constant: what it is applied to is not looked at, be it a NaN or an infinity.
///
/// *Arguments*: the offset, a field or a vector over one; the slope, its scalar. Packs of numbers are maps side by
/// side, which are applied lane by lane.
/// *Errors*: none.
/// *Cost*: one multiplication and one addition an application.
/// *Laws* (tests/laws): affine maps are a monoid under `compose`, so a run of steps is one:
/// `compose(f, g)(x) == f(g(x))`, `compose(f, compose(g, h)) == compose(compose(f, g), h)`,
/// `compose(f, identity) == f == compose(identity, f)`, exactly for exact scalars.
/// *Use*:
///     bellman::affine{1.0, 0.5}(4.0) == 3.0
template <class V, class F = scalar_t<V>>
struct affine {
  V offset = scalar_traits<V>::zero();
  F slope{1};

  template <class X,
            class = typename internal::rule<detail::maps<V, F, X>, refused::an_affine_map_cannot_scale_this>::type::yes>
  constexpr auto operator()(X const& x) const {
    using result = decltype(sum(offset, product(slope, x)));
    if constexpr (internal::has_lanes<F>) {
      // What is multiplied is hidden, not what comes of it: that is one operation of a mask.
      return static_cast<result>(sum(offset, product(slope, select(equal(slope, F(0)), X(0), x))));
    } else {
      if (is_zero(slope)) return static_cast<result>(offset);
      return static_cast<result>(sum(offset, product(slope, x)));
    }
  }

  /// `x -> x`.
  static constexpr affine identity() { return {scalar_traits<V>::zero(), F(1)}; }

  /// `x -> value`.
  static constexpr affine constant(V value) { return {value, F(0)}; }

  friend bool operator==(affine const&, affine const&) = default;
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
///
/// *Arguments*: two affine maps of one type.
/// *Errors*: none.
/// *Cost*: two multiplications and an addition.
/// *Laws*: associative, neutral element `identity()` (tests/laws).
/// *Use*:
///     bellman::compose(bellman::affine{1.0, 0.5}, bellman::affine{2.0, 0.5}) == bellman::affine{2.0, 0.25}
inline constexpr detail::compose_fn compose{};

/// `fixed_point(f)`: the `x` with `f(x) == x`, which is `offset / (1 - slope)`.
///
/// *Arguments*: an affine map.
/// *Errors*: `invalid_value` for slope one.
/// *Cost*: a subtraction and a division; of a vector a product besides.
/// *Laws*: `f(fixed_point(f)) == fixed_point(f)` (tests/laws).
/// *Use*:
///     bellman::fixed_point(bellman::affine{1.0, 0.5}) == 2.0
inline constexpr detail::fixed_point_fn fixed_point{};

}  // namespace bellman
