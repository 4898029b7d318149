// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/internal/verdict.hpp>
#include <bellman/loss/internal/odd.hpp>
#include <bellman/loss/internal/requirements.hpp>
#include <bellman/scalar/internal/near_zero.hpp>

namespace bellman {

/// `signed_logarithm`: `h(x) = sign(x) log(1 + |x|)`, and its inverse `sign(y) (exp(|y|) - 1)`.
///
/// Near zero, where they are sums of series, they are exact to a `double`'s rounding in any scalar, not to that of a
/// wider one. Infinity and a NaN stay what they are; the inverse is infinite where `exp` is.
///
/// *Arguments*: floating-point scalars and their dual numbers.
/// *Laws*: those of a `value_transform` (tests/loss/signed_logarithm.cpp).
/// *Use*:
///     bellman::signed_logarithm{}.inverse(bellman::signed_logarithm{}(0.0)) == 0.0
struct signed_logarithm {
  template <class V, class = typename internal::a_scalar_with_exp_and_log<V>::type::yes>
  constexpr V operator()(V const& x) const {
    return internal::odd(x, [](V const& a) { return internal::log_of_one_plus(a); });
  }
  template <class V, class = typename internal::a_scalar_with_exp_and_log<V>::type::yes>
  constexpr V inverse(V const& y) const {
    return internal::odd(y, [](V const& a) { return internal::exp_less_one(a); });
  }
};

}  // namespace bellman
