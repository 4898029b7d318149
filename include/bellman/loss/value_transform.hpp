// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/error.hpp>
#include <bellman/internal/describe.hpp>
#include <bellman/scalar/arithmetic.hpp>
#include <bellman/scalar/exponential.hpp>
#include <bellman/scalar/field.hpp>
#include <bellman/scalar/is_finite.hpp>
#include <bellman/scalar/square_root.hpp>

#include <concepts>

namespace bellman {

/// A change of the scale in which values are learnt: a map with an inverse.
///
/// Minimal definition: `h(x)` and `h.inverse(y)`.
///
/// Axioms, up to rounding: `h.inverse(h(x)) == x`, `h(h.inverse(y)) == y`; `x < y` implies `h(x) < h(y)`.
/// Models: those below, and those made of two by `transform_after` and of one by `inverse_transform`.
template <class H, class V>
concept value_transform = field<V> && requires(H const& h, V const& x) {
  { h(x) } -> std::convertible_to<V>;
  { h.inverse(x) } -> std::convertible_to<V>;
};

namespace detail::value_transform {

template <class F>
[[noreturn]] void the_slope_must_not_be_negative(F const& epsilon) {
  throw invalid_value("bellman::signed_hyperbolic: epsilon is " + internal::describe(epsilon) +
                      "; it must be 0 or above, and finite");
}

// The odd function that is f where x is not below zero: sign(x) f(|x|). Infinity and a NaN stay what they are.
template <class V, class F>
constexpr V odd(V const& x, F const& f) {
  if (!is_finite(x)) return x;
  if (x < V(0)) return -f(V(-x));
  return f(x);
}

// From the last coefficient, that of the highest power, to the first.
template <class V>
constexpr V polynomial(V const&, V const& last) {
  return last;
}
template <class V, class... Rest>
constexpr V polynomial(V const& x, V const& first, Rest const&... rest) {
  return sum(first, product(x, polynomial(x, rest...)));
}

// log(1 + x) for x >= 0. Where 1 + x would lose digits of x: 2 artanh(s) with s = x / (2 + x), s <= 1/9, and the first
// term left out is below 2^-60 of the sum.
template <class V>
constexpr V log_of_one_plus(V const& x) {
  if (!(x < V(1) / V(4))) return bellman::log(sum(V(1), x));
  V const s = quotient(x, sum(V(2), x));
  V const series = polynomial(V(product(s, s)), V(1), V(1) / V(3), V(1) / V(5), V(1) / V(7), V(1) / V(9), V(1) / V(11),
                              V(1) / V(13), V(1) / V(15), V(1) / V(17));
  return product(product(V(2), s), series);
}

// exp(x) - 1 for x >= 0; below 1/4 by its series, whose first term left out is below 2^-56 of the sum.
template <class V>
constexpr V exp_less_one(V const& x) {
  if (!(x < V(1) / V(4))) return difference(bellman::exp(x), V(1));
  return product(
      x, polynomial(x, V(1), V(1) / V(2), V(1) / V(6), V(1) / V(24), V(1) / V(120), V(1) / V(720), V(1) / V(5040),
                    V(1) / V(40320), V(1) / V(362880), V(1) / V(3628800), V(1) / V(39916800), V(1) / V(479001600)));
}

}  // namespace detail::value_transform

/// `h(x) = x`. Any scalar.
struct identity_transform {
  template <class V>
  constexpr V operator()(V const& x) const {
    return x;
  }
  template <class V>
  constexpr V inverse(V const& y) const {
    return y;
  }
};

/// `h(x) = sign(x) (sqrt(|x| + 1) - 1) + epsilon x`, which grows as a root and has an inverse whose slope is bounded:
/// `h^-1(y) = sign(y) (((sqrt(1 + 4 epsilon (|y| + 1 + epsilon)) - 1) / (2 epsilon))^2 - 1)`.
///
/// Both are computed in forms in which nothing cancels, so that they are as exact near zero as far from it, and
/// `epsilon` may be 0. Throws `invalid_value` for an `epsilon` below 0 or not finite. Infinity and a NaN stay what they
/// are. Pohlen et al. 2018, appendix A.
template <ordered_field F = double>
class signed_hyperbolic {
 public:
  constexpr signed_hyperbolic() : signed_hyperbolic(quotient(F(1), F(1000))) {}
  constexpr explicit signed_hyperbolic(F its_epsilon) : epsilon_(its_epsilon) {
    if (epsilon_ < F(0) || !is_finite(epsilon_)) {
      detail::value_transform::the_slope_must_not_be_negative(epsilon_);
    }
  }

  constexpr F const& epsilon() const { return epsilon_; }

  // sqrt(a + 1) - 1 = a / (sqrt(a + 1) + 1)
  template <class V>
  constexpr V operator()(V const& x) const {
    return detail::value_transform::odd(x, [&](V const& a) {
      V const root = bellman::sqrt(sum(a, V(1)));
      return V(sum(quotient(a, sum(root, V(1))), product(V(epsilon_), a)));
    });
  }

  // With u = sqrt((1 + 2 epsilon)^2 + 4 epsilon |y|) and d = 2 |y| / (u + 1 + 2 epsilon): h^-1(|y|) = (1 + d)^2 - 1.
  // All is halved, and by an epsilon above 1 divided, so that what has a finite inverse does not overflow on the way.
  template <class V>
  constexpr V inverse(V const& y) const {
    V const e(epsilon_);
    V const one = sum(V(1), product(V(2), e));
    return detail::value_transform::odd(y, [&](V const& a) {
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

/// `h(x) = sign(x) log(1 + |x|)`, and its inverse `sign(y) (exp(|y|) - 1)`.
///
/// Floating-point scalars and their dual numbers. Near zero, where they are sums of series, they are exact to a
/// `double`'s rounding in any scalar, not to that of a wider one. The inverse is infinite where `exp` is.
struct signed_logarithm {
  template <class V>
  constexpr V operator()(V const& x) const {
    return detail::value_transform::odd(x, [](V const& a) { return detail::value_transform::log_of_one_plus(a); });
  }
  template <class V>
  constexpr V inverse(V const& y) const {
    return detail::value_transform::odd(y, [](V const& a) { return detail::value_transform::exp_less_one(a); });
  }
};

/// `h(x) = arsinh(x) = sign(x) log(|x| + sqrt(x^2 + 1))`, and its inverse `sinh(y) = (exp(y) - exp(-y)) / 2`.
///
/// Floating-point scalars and their dual numbers. Near zero, where they are sums of series, they are exact to a
/// `double`'s rounding in any scalar, not to that of a wider one. The inverse is infinite where `exp` is.
struct hyperbolic_arcsine {
  // Where x^2 might overflow, 1 is nothing beside it.
  template <class V>
  constexpr V operator()(V const& x) const {
    return detail::value_transform::odd(x, [](V const& a) {
      if (V(1 << 30) < a) return V(sum(bellman::log(a), bellman::log(V(2))));
      V const square = product(a, a);
      V const rest = quotient(square, sum(V(1), bellman::sqrt(sum(V(1), square))));
      return detail::value_transform::log_of_one_plus(V(sum(a, rest)));
    });
  }
  // With t = exp(y) - 1: sinh(y) = (t + t / (1 + t)) / 2.
  template <class V>
  constexpr V inverse(V const& y) const {
    return detail::value_transform::odd(y, [](V const& a) {
      V const t = detail::value_transform::exp_less_one(a);
      return V(product(quotient(t, V(2)), sum(V(1), quotient(V(1), sum(V(1), t)))));
    });
  }
};

/// `outer(inner(x))`, whose inverse is `inner.inverse(outer.inverse(y))`. The outer one may lead to something else than
/// numbers, as `two_hot` does.
template <class Outer, class Inner>
struct transform_after {
  Outer outer;
  Inner inner;

  template <class V>
  constexpr auto operator()(V const& x) const {
    return outer(inner(x));
  }
  template <class Y>
  constexpr auto inverse(Y const& y) const {
    return inner.inverse(outer.inverse(y));
  }
};
template <class Outer, class Inner>
transform_after(Outer, Inner) -> transform_after<Outer, Inner>;

/// A transform taken backwards: `h.inverse(x)`, whose inverse is `h`.
template <class H>
struct inverse_transform {
  H transform;

  template <class V>
  constexpr V operator()(V const& x) const {
    return transform.inverse(x);
  }
  template <class V>
  constexpr V inverse(V const& y) const {
    return transform(y);
  }
};
template <class H>
inverse_transform(H) -> inverse_transform<H>;

}  // namespace bellman
