// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/internal/verdict.hpp>
#include <bellman/loss/internal/odd.hpp>
#include <bellman/loss/internal/requirements.hpp>
#include <bellman/scalar/arithmetic.hpp>
#include <bellman/scalar/exponential.hpp>
#include <bellman/scalar/internal/near_zero.hpp>
#include <bellman/scalar/square_root.hpp>

namespace bellman {

/// `hyperbolic_arcsine`: `h(x) = arsinh(x) = sign(x) log(|x| + sqrt(x^2 + 1))`, and its inverse
/// `sinh(y) = (exp(y) - exp(-y)) / 2`.
///
/// Near zero, where they are sums of series, they are exact to a `double`'s rounding in any scalar, not to that of a
/// wider one. Infinity and a NaN stay what they are; the inverse is infinite where `exp` is.
///
/// *Arguments*: floating-point scalars and their dual numbers.
/// *Laws*: those of a `value_transform` (tests/loss/hyperbolic_arcsine.cpp).
/// *Use*:
///     bellman::hyperbolic_arcsine{}(1.0) > 0.881373587 && bellman::hyperbolic_arcsine{}(1.0) < 0.881373588
struct hyperbolic_arcsine {
  // Where x^2 might overflow, 1 is nothing beside it.
  template <class V, class = typename internal::every<internal::a_scalar_with_exp_and_log<V>,
                                                      internal::a_scalar_with_sqrt<V>>::type::yes>
  constexpr V operator()(V const& x) const {
    return internal::odd(x, [](V const& a) {
      if (V(1 << 30) < a) return V(sum(bellman::log(a), bellman::log(V(2))));
      V const square = product(a, a);
      V const rest = quotient(square, sum(V(1), bellman::sqrt(sum(V(1), square))));
      return internal::log_of_one_plus(V(sum(a, rest)));
    });
  }
  // With t = exp(y) - 1: sinh(y) = (t + t / (1 + t)) / 2.
  template <class V, class = typename internal::every<internal::a_scalar_with_exp_and_log<V>,
                                                      internal::a_scalar_with_sqrt<V>>::type::yes>
  constexpr V inverse(V const& y) const {
    return internal::odd(y, [](V const& a) {
      V const t = internal::exp_less_one(a);
      return V(product(quotient(t, V(2)), sum(V(1), quotient(V(1), sum(V(1), t)))));
    });
  }
};

}  // namespace bellman
