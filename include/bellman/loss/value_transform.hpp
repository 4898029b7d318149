// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/internal/callable.hpp>
#include <bellman/internal/verdict.hpp>
#include <bellman/scalar/field.hpp>
#include <bellman/scalar/internal/requirements.hpp>

#include <concepts>
#include <utility>

namespace bellman {

namespace refused {

struct one_of_these_transforms_does_not_take_this_value {};
struct a_transform_is_a_function_with_an_inverse {};

}  // namespace refused

/// A change of the scale in which values are learnt: a map with an inverse.
///
/// Minimal definition: `h(x)` and `h.inverse(y)`.
///
/// Axioms, up to rounding:
///  1. `h.inverse(h(x)) == x` and `h(h.inverse(y)) == y`;
///  2. `x < y` implies `h(x) < h(y)`.
///
/// Models: `identity_transform`, `signed_hyperbolic`, `signed_logarithm`, `hyperbolic_arcsine`, and those made of two
/// by `transform_after` and of one by `inverse_transform`.
template <class H, class V>
concept value_transform = field<V> && requires(H const& h, V const& x) {
  { h(x) } -> std::convertible_to<V>;
  { h.inverse(x) } -> std::convertible_to<V>;
};

namespace detail {

template <class Outer, class Inner, class V>
concept can_be_transformed = requires(Outer const& outer, Inner const& inner, V const& x) {
  outer(inner(x));
};
template <class Outer, class Inner, class Y>
concept can_be_inverted = requires(Outer const& outer, Inner const& inner, Y const& y) {
  inner.inverse(outer.inverse(y));
};

template <class Outer, class Inner, class V>
struct two_transforms
    : internal::rule<can_be_transformed<Outer, Inner, V>, refused::one_of_these_transforms_does_not_take_this_value> {};
template <class Outer, class Inner, class Y>
struct two_inverses
    : internal::rule<can_be_inverted<Outer, Inner, Y>, refused::one_of_these_transforms_does_not_take_this_value> {};
template <class H, class V>
struct a_transform_with_an_inverse
    : internal::rule<value_transform<H, V>, refused::one_of_these_transforms_does_not_take_this_value> {};

}  // namespace detail

/// `identity_transform`: `h(x) = x`.
///
/// *Arguments*: any scalar.
/// *Use*:
///     bellman::identity_transform{}(3.0) == 3.0
struct identity_transform {
  template <class V, class = typename internal::a_number<V>::type::yes>
  constexpr V operator()(V const& x) const {
    return x;
  }
  template <class V, class = typename internal::a_number<V>::type::yes>
  constexpr V inverse(V const& y) const {
    return y;
  }
};

/// `transform_after{outer, inner}`: `outer(inner(x))`, whose inverse is `inner.inverse(outer.inverse(y))`.
///
/// *Arguments*: two transforms. The outer one may lead to something else than numbers, as `two_hot` does.
/// *Use*:
///     bellman::transform_after{bellman::identity_transform{}, bellman::signed_hyperbolic{0.0}}.inverse(3.0) == 15.0
template <class Outer, class Inner>
struct transform_after {
  using verdict_on_transforms = internal::rule<(internal::is_callable<Outer> && internal::is_callable<Inner>),
                                               refused::a_transform_is_a_function_with_an_inverse>;

  Outer outer{};
  Inner inner{};

  constexpr transform_after() = default;
  constexpr transform_after(Outer its_outer, Inner its_inner) requires internal::accepts<verdict_on_transforms>
      : outer(std::move(its_outer)), inner(std::move(its_inner)) {}
  // Deleted, where the others would be listed.
  template <class... X, class Reason = typename verdict_on_transforms::type>
  requires(!std::same_as<Reason, internal::accepted>) explicit transform_after(X...) = delete;

  template <class V, class = typename detail::two_transforms<Outer, Inner, V>::type::yes>
  constexpr auto operator()(V const& x) const {
    return outer(inner(x));
  }
  template <class Y, class = typename detail::two_inverses<Outer, Inner, Y>::type::yes>
  constexpr auto inverse(Y const& y) const {
    return inner.inverse(outer.inverse(y));
  }
};
template <class Outer, class Inner>
transform_after(Outer, Inner) -> transform_after<Outer, Inner>;

/// `inverse_transform{h}`: a transform taken backwards, `h.inverse(x)`, whose inverse is `h`.
///
/// *Use*:
///     bellman::inverse_transform{bellman::signed_hyperbolic{0.0}}(3.0) == 15.0
template <class H>
struct inverse_transform {
  using verdict_on_transforms =
      internal::rule<internal::is_callable<H>, refused::a_transform_is_a_function_with_an_inverse>;

  H transform{};

  constexpr inverse_transform() = default;
  constexpr explicit inverse_transform(H its_transform) requires internal::accepts<verdict_on_transforms>
      : transform(std::move(its_transform)) {}
  // Deleted, where the others would be listed.
  template <class... X, class Reason = typename verdict_on_transforms::type>
  requires(!std::same_as<Reason, internal::accepted>) explicit inverse_transform(X...) = delete;

  template <class V, class = typename detail::a_transform_with_an_inverse<H, V>::type::yes>
  constexpr V operator()(V const& x) const {
    return transform.inverse(x);
  }
  template <class V, class = typename detail::a_transform_with_an_inverse<H, V>::type::yes>
  constexpr V inverse(V const& y) const {
    return transform(y);
  }
};
template <class H>
inverse_transform(H) -> inverse_transform<H>;

}  // namespace bellman
