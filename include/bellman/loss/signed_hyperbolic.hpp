// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/internal/describe.hpp>
#include <bellman/internal/refuse.hpp>
#include <bellman/internal/verdict.hpp>
#include <bellman/loss/internal/odd.hpp>
#include <bellman/loss/internal/requirements.hpp>
#include <bellman/scalar/arithmetic.hpp>
#include <bellman/scalar/internal/is_finite_and.hpp>
#include <bellman/scalar/square_root.hpp>

namespace bellman {

namespace detail {

template <class F>
[[noreturn]] void the_slope_must_not_be_negative(F const& epsilon) {
  internal::refuse("bellman::signed_hyperbolic: epsilon is " + internal::describe(epsilon) +
                   "; it must be 0 or above, and finite");
}

}  // namespace detail

/// `signed_hyperbolic{epsilon}`: `h(x) = sign(x) (sqrt(|x| + 1) - 1) + epsilon x`, which grows as a root and has an
/// inverse whose slope is bounded:
/// `h^-1(y) = sign(y) (((sqrt(1 + 4 epsilon (|y| + 1 + epsilon)) - 1) / (2 epsilon))^2 - 1)`.
///
/// Both are computed in forms in which nothing cancels, so that they are as exact near zero as far from it, and
/// `epsilon` may be 0. Infinity and a NaN stay what they are.
///
/// *Arguments*: `epsilon`, by default 1/1000. Of a value, any scalar with a square root, and dual numbers.
/// *Errors*: an `epsilon` below 0 or not finite throws `invalid_value`.
/// *Laws*: those of a `value_transform` (tests/loss/signed_hyperbolic.cpp).
/// *Source*: Pohlen et al. 2018, appendix A.
/// *Use*:
///     bellman::signed_hyperbolic{0.5}(3.0) == 2.5 && bellman::signed_hyperbolic{0.5}.inverse(2.5) == 3.0
template <class F = double>
class signed_hyperbolic {
 public:
  constexpr signed_hyperbolic() requires internal::accepts<internal::a_scalar_with_an_order<F>>
      : signed_hyperbolic(quotient(F(1), F(1000))) {}
  constexpr explicit signed_hyperbolic(F its_epsilon) requires internal::accepts<internal::a_scalar_with_an_order<F>>
      : epsilon_(its_epsilon) {
    if (!internal::is_finite_and_not_negative(epsilon_)) detail::the_slope_must_not_be_negative(epsilon_);
  }

  // Deleted, where the others would be listed.
  template <class... X, class Reason = typename internal::a_scalar_with_an_order<F>::type>
    requires internal::is_a_reason<Reason>
  explicit signed_hyperbolic(X...) = delete;

  constexpr F const& epsilon() const { return epsilon_; }

  // sqrt(a + 1) - 1 = a / (sqrt(a + 1) + 1)
  template <class V, class = typename internal::a_number_in_the_scale_of<V, F>::type::yes>
  constexpr V operator()(V const& x) const {
    return internal::odd(x, [&](V const& a) {
      V const root = bellman::sqrt(sum(a, V(1)));
      return V(sum(quotient(a, sum(root, V(1))), product(V(epsilon_), a)));
    });
  }

  // With u = sqrt((1 + 2 epsilon)^2 + 4 epsilon |y|) and d = 2 |y| / (u + 1 + 2 epsilon): h^-1(|y|) = (1 + d)^2 - 1.
  // All is halved, and by an epsilon above 1 divided, so that what has a finite inverse does not overflow on the way.
  template <class V, class = typename internal::a_number_in_the_scale_of<V, F>::type::yes>
  constexpr V inverse(V const& y) const {
    V const e(epsilon_);
    V const one = sum(V(1), product(V(2), e));
    return internal::odd(y, [&](V const& a) {
      bool const is_large = V(1) < e;
      V const scale = is_large ? e : V(1);
      V const half = quotient(one, product(V(2), scale));
      V const rest = is_large ? V(quotient(a, e)) : V(product(e, a));
      V const d = quotient(V(quotient(a, scale)), sum(bellman::sqrt(sum(product(half, half), rest)), half));
      return V(product(d, sum(V(2), d)));
    });
  }

 private:
  F epsilon_;
};
template <class F>
signed_hyperbolic(F) -> signed_hyperbolic<F>;

}  // namespace bellman
