// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/scalar/arithmetic.hpp>
#include <bellman/scalar/exponential.hpp>
#include <bellman/scalar/field.hpp>
#include <bellman/scalar/internal/parts.hpp>
#include <bellman/scalar/internal/requirements.hpp>
#include <bellman/scalar/magnitude.hpp>
#include <bellman/scalar/maximum.hpp>
#include <bellman/scalar/scalar_traits.hpp>

#include <limits>
#include <type_traits>
#include <utility>

// What the linker takes from any of several files must round alike on all machines: no product and sum at once.
#if defined(__clang__)
#pragma float_control(push)
#pragma clang fp contract(off)
#endif

namespace bellman::internal {

/// A number with an order whose operations round: a float, not a bound or a derivative.
template <class V>
concept rounds = ordered_field<V> && !is_exact_v<V> && !has_bounds<V> && !has_derivatives<V>;

/// Numbers of which bounds are proved beside them: not those that are bounds, or have derivatives.
template <class V>
inline constexpr bool has_proofs = ordered_field<V> && !has_bounds<V> && !has_derivatives<V>;

/// The least number above 0: what underflow may lose.
template <rounds V>
constexpr V least_above_zero() {
  if constexpr (std::numeric_limits<V>::is_specialized) {
    return std::numeric_limits<V>::denorm_min();
  } else {
    return V(0);
  }
}

/// `rounded<V>`: a number as it was computed, and how far the exact result of the same operations may be from it.
///
/// A running bound: each operation adds one of its own rounding, with twice the unit that a rounding can take, so that
/// the roundings of the bounds themselves are covered by the other half up to 2^50 operations. It is looser than
/// `interval` and takes a third of the operations, none of which is a branch.
///
/// An expression: it is added to numbers and scaled by them, so that an operator is applied to it as to a number. A
/// result that is no finite number has an error that is none.
template <rounds V>
class rounded {
 public:
  using scalar_type = V;

  V value = V(0);
  V error = V(0);

  constexpr rounded() = default;
  constexpr rounded(V its_value) : value(std::move(its_value)) {}
  constexpr rounded(V its_value, V its_error) : value(std::move(its_value)), error(std::move(its_error)) {}

  /// Bounds of the exact result.
  constexpr V lower() const {
    V const x = value - error;
    return error == V(0) ? x : V(x - unit * (x < V(0) ? V(-x) : x));
  }
  constexpr V upper() const {
    V const x = value + error;
    return error == V(0) ? x : V(x + unit * (x < V(0) ? V(-x) : x));
  }

  // Without further calls: what compilers grant a constant expression is counted in calls.
  friend constexpr rounded operator+(rounded const& a, rounded const& b) {
    V const s = a.value + b.value;
    return rounded(s, a.error + b.error + unit * (s < V(0) ? V(-s) : s));
  }
  friend constexpr rounded operator-(rounded const& a, rounded const& b) {
    V const s = a.value - b.value;
    return rounded(s, a.error + b.error + unit * (s < V(0) ? V(-s) : s));
  }
  friend constexpr rounded operator*(V const& f, rounded const& b) {
    V const p = product(f, b.value);
    return rounded(p, product(f < V(0) ? V(-f) : f, b.error) + unit * (p < V(0) ? V(-p) : p) +
                          (b.value == V(0) && b.error == V(0) ? V(0) : lost));
  }
  friend constexpr rounded operator*(rounded const& a, rounded const& b) {
    V const p = product(a.value, b.value);
    bool const nothing = (b.value == V(0) && b.error == V(0)) || (a.value == V(0) && a.error == V(0));
    return rounded(p, product(magnitude(a.value), b.error) + product(a.error, magnitude(b.value) + b.error) +
                          unit * magnitude(p) + (nothing ? V(0) : lost));
  }

  friend constexpr rounded operator-(rounded const& a) { return rounded(-a.value, a.error); }
  /// By what was computed.
  friend constexpr bool operator<(rounded const& a, rounded const& b) { return a.value < b.value; }

  friend constexpr rounded operator/(rounded const& a, V const& f) {
    V const x = a.value / f;
    return rounded(x, a.error / magnitude(f) + unit * magnitude(x) + lost);
  }

  // An exponential or logarithm is right to less than four units.
  friend constexpr rounded exp(rounded const& x) {
    V const y = bellman::exp(x.value);
    // Where the error is large, the value alone may be too small for a number.
    V const moved = x.error < V(1) ? V(product(y, x.error + x.error * x.error)) : V(bellman::exp(x.upper()));
    return rounded(y, moved + V(4) * unit * (y + moved) + lost);
  }
  friend constexpr rounded log(rounded const& x) {
    V const y = bellman::log(x.value);
    V const least = x.lower();
    using limits = std::numeric_limits<V>;
    if (!(V(0) < least)) return rounded(y, limits::has_infinity ? limits::infinity() : (limits::max)());
    return rounded(y, x.error / least * (V(1) + V(4) * unit) + V(4) * unit * magnitude(y) + lost);
  }

  static constexpr V unit = scalar_traits<V>::epsilon();
  static constexpr V lost = V(4) * internal::least_above_zero<V>();  // by underflow
};

template <class V>
inline constexpr bool is_an_expression<rounded<V>> = true;

/// `v - e`, rounded down, where `e` is not 0; of numbers with derivatives by their values.
template <class V>
constexpr V lowered(V const& v, V const& e) {
  V const x = v - e;
  using P = std::remove_cvref_t<decltype(internal::primal(x))>;
  if constexpr (rounds<P>) {
    if (e == V(0)) return x;
    return x - V(scalar_traits<P>::epsilon() * magnitude(P(internal::primal(x))) + internal::least_above_zero<P>());
  } else {
    return x;
  }
}

template <class X>
inline constexpr bool is_rounded = false;
template <class V>
inline constexpr bool is_rounded<rounded<V>> = true;

}  // namespace bellman::internal

namespace bellman {

template <class V>
struct scalar_traits<internal::rounded<V>> : plain_scalar<internal::rounded<V>> {
  static constexpr bool is_exact = false;

  /// The larger of two, bound by bound.
  static constexpr internal::rounded<V> maximum(internal::rounded<V> const& a, internal::rounded<V> const& b) {
    if (!(a.lower() < b.upper())) return a;
    if (!(b.lower() < a.upper())) return b;
    V const least = a.lower() < b.lower() ? b.lower() : a.lower();
    V const most = a.upper() < b.upper() ? b.upper() : a.upper();
    V const middle = least + (most - least) / V(2);
    V const above = most - middle;
    V const below = middle - least;
    V const off = above < below ? below : above;
    return internal::rounded<V>(middle, off + internal::rounded<V>::unit * (off + magnitude(middle)));
  }
};

}  // namespace bellman

#if defined(__clang__)
#pragma float_control(pop)
#endif
