// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/internal/describe.hpp>
#include <bellman/internal/refuse.hpp>
#include <bellman/scalar/arithmetic.hpp>
#include <bellman/scalar/exponential.hpp>
#include <bellman/scalar/field.hpp>
#include <bellman/scalar/magnitude.hpp>
#include <bellman/scalar/scalar_traits.hpp>

#include <bit>
#include <cfloat>
#include <concepts>
#include <cstdint>
#include <limits>
#include <stdexcept>
#include <string>
#include <type_traits>

namespace bellman {

namespace detail {

template <class T>
concept rounded_scalar = std::same_as<T, float> || std::same_as<T, double>;

// Where the exact result lies, seen from the rounded one.
enum class side { below, same, above, unknown };

// From the sign of exact - rounded, or of a multiple of it.
template <class T>
constexpr side side_of(T error) {
  return error < 0 ? side::below : error > 0 ? side::above : side::same;
}

// The next number up; above the largest one, infinity.
template <rounded_scalar T>
constexpr T next_above(T x) {
  using bits = std::conditional_t<std::same_as<T, float>, std::uint32_t, std::uint64_t>;
  if (x == 0) return std::numeric_limits<T>::denorm_min();
  if (x > (std::numeric_limits<T>::max)()) return x;
  return std::bit_cast<T>(x > 0 ? std::bit_cast<bits>(x) + 1 : std::bit_cast<bits>(x) - 1);
}
template <rounded_scalar T>
constexpr T next_below(T x) {
  return -detail::next_above(-x);
}

template <class T>
struct bounds {
  T lower;
  T upper;
};

template <class T>
constexpr bounds<T> enclosed(T rounded, side exact) {
  bool const lower_is_safe = exact == side::same || exact == side::above;
  bool const upper_is_safe = exact == side::same || exact == side::below;
  return {lower_is_safe ? rounded : detail::next_below(rounded), upper_is_safe ? rounded : detail::next_above(rounded)};
}

// What no float holds is a long double constant, so that -fsingle-precision-constant does not round it.
inline constexpr double splitter = 0x1.0000002p+27L;
inline constexpr double largest_split = 0x1p900L;
inline constexpr double smallest_split = 0x1p-900L;

// a b = p + e exactly where neither e underflows nor a split overflows (T. J. Dekker, Numer. Math. 18, 1971). Only for
// constant evaluation: at run time std::fma is exact too, and a compiler that contracts a b + c cannot spoil it.
constexpr double product_error(double a, double b, double p) {
  if (!std::is_constant_evaluated()) return __builtin_fma(a, b, -p);
  double const scaled_a = splitter * a;
  double const scaled_b = splitter * b;
  double const a_high = scaled_a - (scaled_a - a);
  double const b_high = scaled_b - (scaled_b - b);
  double const a_low = a - a_high;
  double const b_low = b - b_high;
  return ((a_high * b_high - p) + a_high * b_low + a_low * b_high) + a_low * b_low;
}

// The error of a product is known where the magnitudes are between 2^-900 and 2^900.
constexpr bool product_error_is_exact(double a, double b, double p) {
  return magnitude(a) < largest_split && magnitude(b) < largest_split && magnitude(p) > smallest_split &&
         magnitude(p) < largest_split;
}

// Whether an operation is that one.
template <auto Operation, auto Other>
concept is = std::same_as<decltype(Operation), decltype(Other)>;

// The bounds of `operation(a, b)`: an exact scalar's are the number itself.
template <auto Operation, class T>
constexpr bounds<T> bounds_of(T const& a, T const& b) {
  T const x = Operation(a, b);
  return {x, x};
}

// Knuth's exact error of a sum; a sum does not lose bits to underflow.
template <auto Operation, rounded_scalar T>
  requires is<Operation, sum>
constexpr bounds<T> bounds_of(T const& a, T const& b) {
  T const s = a + b;
  T const b_part = s - a;
  return detail::enclosed(s, detail::side_of((a - (s - b_part)) + (b - b_part)));
}

template <auto Operation, std::same_as<double> T>
  requires is<Operation, product>
constexpr bounds<T> bounds_of(T const& a, T const& b) {
  T const p = product(a, b);
  if (a == 0 || b == 0) return {0, 0};
  if (p == 0) return detail::enclosed(0.0, (a < 0) == (b < 0) ? side::above : side::below);
  return detail::enclosed(
      p, detail::product_error_is_exact(a, b, p) ? detail::side_of(detail::product_error(a, b, p)) : side::unknown);
}

template <auto Operation, std::same_as<double> T>
  requires is<Operation, quotient>
constexpr bounds<T> bounds_of(T const& a, T const& b) {
  T const q = a / b;
  if (a == 0) return {0, 0};
  if (q == 0) return detail::enclosed(0.0, (a < 0) == (b < 0) ? side::above : side::below);
  T const p = product(q, b);
  if (!detail::product_error_is_exact(q, b, p)) return detail::enclosed(q, side::unknown);
  T const remainder = (a - p) - detail::product_error(q, b, p);
  return detail::enclosed(q, detail::side_of(b < 0 ? -remainder : remainder));
}

// The product of two floats is exact as a double, and is 0 only if a factor is.
template <auto Operation, std::same_as<float> T>
  requires is<Operation, product>
constexpr bounds<T> bounds_of(T const& a, T const& b) {
  double const p = static_cast<double>(a) * static_cast<double>(b);
  T const rounded = a * b;
  return detail::enclosed(rounded, side_of(p - static_cast<double>(rounded)));
}

template <auto Operation, std::same_as<float> T>
  requires is<Operation, quotient>
constexpr bounds<T> bounds_of(T const& a, T const& b) {
  T const q = a / b;
  double const remainder = static_cast<double>(a) - static_cast<double>(q) * static_cast<double>(b);
  return detail::enclosed(q, detail::side_of(b < 0 ? -remainder : remainder));
}

template <class T>
constexpr bounds<T> hull(bounds<T> const& a, bounds<T> const& b) {
  return {b.lower < a.lower ? b.lower : a.lower, a.upper < b.upper ? b.upper : a.upper};
}

template <class T, class U>
constexpr bounds<T> bounds_of_constant(U const& x) {
  T const y = static_cast<T>(x);
  if constexpr (rounded_scalar<T> && std::integral<U> &&
                std::numeric_limits<T>::digits < std::numeric_limits<U>::digits) {
    constexpr U limit = U(1) << std::numeric_limits<T>::digits;
    if (x > limit || (std::is_signed_v<U> && x < -limit)) return detail::enclosed(y, side::unknown);
  }
  return {y, y};
}

// What stands for a single number: T, integers, and whatever converts to T without rounding.
template <class U, class Interval, class T>
concept constant_for_interval =
    !std::same_as<U, Interval> && std::convertible_to<U const&, T> &&
    !(std::floating_point<U> && rounded_scalar<T> && std::numeric_limits<U>::digits > std::numeric_limits<T>::digits);

// Not constexpr, so that each mistake in a constant expression is refused under the name of the rule.
template <class T>
[[noreturn]] void lower_bound_must_not_exceed_upper_bound(T const& lower, T const& upper) {
  internal::refuse("bellman::interval: the lower bound " + internal::describe(lower) +
                   " is not at most the upper bound " + internal::describe(upper));
}
template <class T>
[[noreturn]] void interval_bounds_must_be_finite(T const& lower, T const& upper) {
  internal::refuse<std::overflow_error>("bellman::interval: the bounds " + internal::describe(lower) + " and " +
                                        internal::describe(upper) + " are not finite");
}
template <class T>
[[noreturn]] void interval_divisor_must_not_contain_zero(T const& lower, T const& upper) {
  internal::refuse("bellman::interval: division by [" + internal::describe(lower) + ", " + internal::describe(upper) +
                   "], which contains 0");
}
template <class T>
[[noreturn]] void interval_logarithm_needs_positive_numbers(T const& lower, T const& upper) {
  internal::refuse("bellman::log: the argument is [" + internal::describe(lower) + ", " + internal::describe(upper) +
                   "], allowed are positive bounds");
}

}  // namespace detail

/// `interval<T>`: a closed interval `[lower, upper]` that contains the exact result: from `x` in `X` and `y` in `Y`
/// follows that `x + y` is in `X + Y`, and likewise for `-`, `*`, `/`, `maximum`, `exp` and `log`. What a computation
/// with an `interval<double>` returns is a proof about real numbers.
///
/// Bounds of floating point are rounded outward to the neighbouring number, and not at all where the rounded result is
/// exact: for `+ - * /` they are the tightest ones unless a double's magnitude leaves 2^-900 to 2^900, and one unit
/// wider there. Bounds of an exact scalar are exact. Rounding must be to nearest and underflow gradual: not with
/// `-ffast-math`.
///
/// Order: `X < Y` means that every number of `X` is less than every number of `Y`; two that overlap are in neither
/// order, and `==` compares bounds. So `<` is a partial order, and a maximum is taken bound by bound with
/// `bellman::maximum`: `maximum(X, Y) = [max of the lower bounds, max of the upper bounds]`. A maximiser is what is not
/// certainly less than the maximum: `!(X < maximum(X, Y))`.
///
/// *Arguments*: `T` is `float`, `double` or an exact scalar.
/// *Errors*: `invalid_value` for a lower bound above the upper one or a NaN, for a divisor that contains 0, for the
/// logarithm of what is not positive; `std::overflow_error` for a bound that is not finite. In a constant expression
/// none of them compiles.
/// *Cost*: a sum two additions and their errors, a product or quotient four products or quotients and theirs.
/// *Laws*: the axioms of a field hold as containment: `X - X` is not 0 but `[lower - upper, upper - lower]`, and
/// `X (Y + Z)` is contained in `X Y + X Z`.
/// *Source*: R. E. Moore, Interval Analysis, 1966.
/// *Use*:
///     (bellman::interval<double>(1) / 3).lower() < (bellman::interval<double>(1) / 3).upper()
template <class T>
class interval {
  static_assert(ordered_field<T>, "bellman::interval: T must be an ordered field (+ - * /, ==, <, from int)");
  static_assert(detail::rounded_scalar<T> || is_exact_v<T>, "bellman::interval: T must be float, double or exact");
  static_assert(!detail::rounded_scalar<T> || FLT_EVAL_METHOD == 0 || FLT_EVAL_METHOD == 16,
                "bellman::interval: this compiler computes in a wider type than the one written");

 public:
  /// `[0, 0]`.
  constexpr interval() : interval(T(0), T(0)) {}

  /// The single number `x`; an integer that `T` cannot represent is enclosed.
  template <detail::constant_for_interval<interval, T> U>
  constexpr interval(U const& x) : interval(detail::bounds_of_constant<T>(x)) {}

  /// `[lower, upper]`.
  constexpr interval(T const& lower, T const& upper) : lower_(lower), upper_(upper) {
    if (!(lower < upper || lower == upper)) detail::lower_bound_must_not_exceed_upper_bound(lower, upper);
    if constexpr (detail::rounded_scalar<T>) {
      if (lower < std::numeric_limits<T>::lowest() || upper > (std::numeric_limits<T>::max)()) {
        detail::interval_bounds_must_be_finite(lower, upper);
      }
    }
  }

  constexpr T const& lower() const { return lower_; }
  constexpr T const& upper() const { return upper_; }

  /// Whether `lower <= x <= upper`.
  constexpr bool contains(T const& x) const { return !(x < lower_ || upper_ < x) && x == x; }
  /// Whether every number of `x` is one of these.
  constexpr bool contains(interval const& x) const { return contains(x.lower_) && contains(x.upper_); }

  /// `upper - lower`, rounded up.
  constexpr T width() const { return (*this - *this).upper_; }

  friend constexpr interval operator+(interval const& x) { return x; }
  friend constexpr interval operator-(interval const& x) { return interval(-x.upper_, -x.lower_); }

  friend constexpr interval operator+(interval const& x, interval const& y) {
    return interval(detail::bounds_of<sum>(x.lower_, y.lower_).lower, detail::bounds_of<sum>(x.upper_, y.upper_).upper);
  }
  friend constexpr interval operator-(interval const& x, interval const& y) { return x + -y; }
  friend constexpr interval operator*(interval const& x, interval const& y) {
    return over_corners<product>(x, y);
  }
  friend constexpr interval operator/(interval const& x, interval const& y) {
    if (y.contains(T(0))) detail::interval_divisor_must_not_contain_zero(y.lower_, y.upper_);
    return over_corners<quotient>(x, y);
  }

  constexpr interval& operator+=(interval const& y) { return *this = *this + y; }
  constexpr interval& operator-=(interval const& y) { return *this = *this - y; }
  constexpr interval& operator*=(interval const& y) { return *this = *this * y; }
  constexpr interval& operator/=(interval const& y) { return *this = *this / y; }

  friend constexpr bool operator==(interval const& x, interval const& y) {
    return x.lower_ == y.lower_ && x.upper_ == y.upper_;
  }
  friend constexpr bool operator<(interval const& x, interval const& y) { return x.upper_ < y.lower_; }
  friend constexpr bool operator>(interval const& x, interval const& y) { return y < x; }

  /// Each bound is moved outward by two units in the last place, which is more than the error of `bellman::exp` in a
  /// constant expression and of the C libraries' own at run time; never below 0.
  friend constexpr interval exp(interval const& x) {
    T const lower = detail::next_below(detail::next_below(bellman::exp(x.lower_)));
    T const y = bellman::exp(x.upper_);
    if (y > (std::numeric_limits<T>::max)()) detail::interval_bounds_must_be_finite(lower, y);
    return interval(lower < T(0) ? T(0) : lower, detail::next_above(detail::next_above(y)));
  }
  /// Each bound is moved outward by two units in the last place, as for `exp`.
  friend constexpr interval log(interval const& x) {
    if (!(T(0) < x.lower_)) detail::interval_logarithm_needs_positive_numbers(x.lower_, x.upper_);
    return interval(detail::next_below(detail::next_below(bellman::log(x.lower_))),
                    detail::next_above(detail::next_above(bellman::log(x.upper_))));
  }

  /// `[lower, upper]` as text.
  std::string str() const { return "[" + internal::describe(lower_) + ", " + internal::describe(upper_) + "]"; }

 private:
  // The least and the greatest of what the operation gives of a bound of x and one of y.
  template <auto Operation>
  static constexpr interval over_corners(interval const& x, interval const& y) {
    return interval(detail::hull(detail::hull(detail::bounds_of<Operation>(x.lower_, y.lower_),
                                              detail::bounds_of<Operation>(x.lower_, y.upper_)),
                                 detail::hull(detail::bounds_of<Operation>(x.upper_, y.lower_),
                                              detail::bounds_of<Operation>(x.upper_, y.upper_))));
  }

  constexpr explicit interval(detail::bounds<T> const& b) : interval(b.lower, b.upper) {}

  T lower_;
  T upper_;
};

template <class T>
struct scalar_traits<interval<T>> : plain_scalar<interval<T>> {
  static constexpr bool is_exact = scalar_traits<T>::is_exact;

  static constexpr T const& lower(interval<T> const& x) { return x.lower(); }
  static constexpr T const& upper(interval<T> const& x) { return x.upper(); }
  static constexpr interval<T> maximum(interval<T> const& x, interval<T> const& y) {
    return interval<T>(x.lower() < y.lower() ? y.lower() : x.lower(), x.upper() < y.upper() ? y.upper() : x.upper());
  }
};

}  // namespace bellman
