// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/internal/describe.hpp>
#include <bellman/internal/refuse.hpp>
#include <bellman/internal/verdict.hpp>
#include <bellman/scalar/internal/elementary_function.hpp>
#include <bellman/scalar/internal/parts.hpp>

#include <bit>
#include <concepts>
#include <cstdint>
#include <limits>

namespace bellman {

namespace refused {

struct this_number_has_no_log {};
struct this_number_has_no_exp {};

}  // namespace refused

namespace detail {

// What no float holds is a long double constant, so that -fsingle-precision-constant does not round it.
// ln 2 = ln2_high + ln2_low. The first part has 32 significant bits, so that its product with an exponent is exact.
inline constexpr double ln2_high = 0x1.62e42feep-1L;
inline constexpr double ln2_low = 0x1.a39ef35793c76p-33L;
inline constexpr double one = 1;
inline constexpr double two = 2;
inline constexpr double log2_e = 0x1.71547652b82fep+0L;
inline constexpr double greatest_argument_of_exp = static_cast<double>(709.782712893384L);
inline constexpr double least_argument_of_exp = static_cast<double>(-745.1332191019412L);

struct exp_of_a_number {
  // e^x = 2^k e^r with x = k ln 2 + r and |r| <= (ln 2) / 2, where the Taylor polynomial of degree 13 is enough:
  // r^14 / 14! < 2^-57. What the subtraction from x left out of r, `tail`, is put back at first order. The 1 is added
  // last: only its rounding and half a unit of the smaller summand remain. A polynomial is one expression, since clang
  // counts statements.
  static constexpr double constant(double x) {
    if (x != x) return x;
    if (x > greatest_argument_of_exp) return std::numeric_limits<double>::infinity();
    if (x < least_argument_of_exp) return 0.0;
    int const k = static_cast<int>(x * log2_e + (x < 0 ? -0.5 : 0.5));
    double const high = x - k * ln2_high;
    double const r = high - k * ln2_low;
    double const tail = (high - r) - k * ln2_low;
    double const higher_terms =
        r * r *
        (one / 2 +
         r * (one / 6 +
              r * (one / 24 +
                   r * (one / 120 +
                        r * (one / 720 +
                             r * (one / 5040 +
                                  r * (one / 40320 +
                                       r * (one / 362880 +
                                            r * (one / 3628800 +
                                                 r * (one / 39916800 +
                                                      r * (one / 479001600 + r * (one / 6227020800))))))))))));
    double const y = 1.0 + (r + (higher_terms + (tail + tail * r)));
    // In two factors, for 2^k alone may lie outside of the range where y 2^k does not.
    return y * internal::power_of_two(k / 2) * internal::power_of_two(k - k / 2);
  }

  static constexpr float constant(float x) {
    double const y = constant(static_cast<double>(x));
    if (y > static_cast<double>((std::numeric_limits<float>::max)())) return std::numeric_limits<float>::infinity();
    return static_cast<float>(y);
  }
  static float run_time(float x) { return __builtin_expf(x); }
  static double run_time(double x) { return __builtin_exp(x); }
  static long double run_time(long double x) { return __builtin_expl(x); }
};

// For x > 0, finite. x = 2^k (1 + f) with 1 + f from sqrt(1/2) to sqrt(2), and with s = f / (2 + f), z = s^2:
// log(1 + f) = 2 artanh s = f - f^2 / 2 + s (f^2 / 2 + R), R = 2 (z / 3 + z^2 / 5 + ...); z < 0.0295 and the first term
// left out is below 2^-60. The large parts k ln2_high and f are added last.
constexpr double constexpr_log_of_positive(double x) {
  bool const subnormal = x < (std::numeric_limits<double>::min)();
  auto const bits = std::bit_cast<std::uint64_t>(subnormal ? x * 0x1p54 : x);
  // Moves the mantissas above sqrt(2) to the next exponent.
  std::uint64_t const shifted = bits + (0x3ff0000000000000u - 0x3fe6a09e667f3bcdu);
  int const k = static_cast<int>(shifted >> 52) - (subnormal ? 1023 + 54 : 1023);
  double const f = std::bit_cast<double>((shifted & 0x000fffffffffffffu) + 0x3fe6a09e667f3bcdu) - 1.0;
  double const s = f / (2.0 + f);
  double const z = s * s;
  double const half_square = 0.5 * f * f;
  double const rest =
      z * (two / 3 +
           z * (two / 5 +
                z * (two / 7 +
                     z * (two / 9 +
                          z * (two / 11 +
                               z * (two / 13 +
                                    z * (two / 15 +
                                         z * (two / 17 + z * (two / 19 + z * (two / 21))))))))));
  return k * ln2_high + (f - (half_square - (s * (half_square + rest) + k * ln2_low)));
}

// Not constexpr, so that the logarithm of a negative number in a constant expression is refused under this name.
template <class T>
[[noreturn]] void logarithm_needs_a_number_that_is_not_negative(T const& x) {
  internal::refuse("bellman::log: the argument is " + internal::describe(x) + ", allowed is 0 to infinity");
}

template <std::floating_point T>
T not_negative(T x) {
  if (x < 0) detail::logarithm_needs_a_number_that_is_not_negative(x);
  return x;
}

struct log_of_a_number {
  static constexpr double constant(double x) {
    if (x != x || x == std::numeric_limits<double>::infinity()) return x;
    if (x < 0) logarithm_needs_a_number_that_is_not_negative(x);
    if (x == 0) return -std::numeric_limits<double>::infinity();
    return constexpr_log_of_positive(x);
  }

  static constexpr float constant(float x) { return static_cast<float>(constant(static_cast<double>(x))); }
  static float run_time(float x) { return __builtin_logf(not_negative(x)); }
  static double run_time(double x) { return __builtin_log(not_negative(x)); }
  static long double run_time(long double x) { return __builtin_logl(not_negative(x)); }
};

// Namespaces of their own, so that the lookup by argument sees a type's own function, and not `::exp(double)`.
namespace exp_by_argument {

void exp() = delete;

template <class T>
concept has_own = requires(T const& x) {
  { exp(x) } -> std::convertible_to<T>;
};

struct fn {
  template <class T, class = typename internal::rule<(std::floating_point<T> || internal::only_stored<T> || has_own<T>),
                                                     refused::this_number_has_no_exp>::type::yes>
  constexpr internal::computed_t<T> operator()(T const& x) const {
    if constexpr (internal::only_stored<T>) {
      return (*this)(internal::as_computed(x));
    } else if constexpr (std::floating_point<T>) {
      return internal::elementary_function<exp_of_a_number>::of(x);
    } else {
      return exp(x);
    }
  }
};

}  // namespace exp_by_argument

namespace log_by_argument {

void log() = delete;

template <class T>
concept has_own = requires(T const& x) {
  { log(x) } -> std::convertible_to<T>;
};

struct fn {
  template <class T, class = typename internal::rule<(std::floating_point<T> || internal::only_stored<T> || has_own<T>),
                                                     refused::this_number_has_no_log>::type::yes>
  constexpr internal::computed_t<T> operator()(T const& x) const {
    if constexpr (internal::only_stored<T>) {
      return (*this)(internal::as_computed(x));
    } else if constexpr (std::floating_point<T>) {
      return internal::elementary_function<log_of_a_number>::of(x);
    } else {
      return log(x);
    }
  }
};

}  // namespace log_by_argument

}  // namespace detail

// In an inline namespace for the reason given in maximum.hpp: the hidden friends `exp(dual)` and `log(dual)` are
// members of `bellman` and would collide with objects of the same name there.
inline namespace operations {

/// `exp(x)`: `e^x`.
///
/// Call it by its full name, as `bellman::exp`, for <math.h> has an `::exp`.
/// Above the range the result is infinity, below it 0; a NaN stays a NaN.
///
/// *Arguments*: `float` and `double`: in a constant expression by an algorithm of this library, within 2 units in the
/// last place of the correctly rounded value over the whole range, subnormal results included; at run time `std::exp`.
/// The two may differ in the last place. `long double` is `std::exp`, and so a run-time value only. Every other type:
/// its own `exp(x)`, found by its argument (`dual<T>`, `interval<T>`, Boost.Multiprecision).
/// *Errors*: a type that has none, such as a rational number, does not compile.
/// *Cost*: about 30 of clang's steps in a constant expression.
/// *Use*:
///     bellman::exp(0.0) == 1.0
inline constexpr detail::exp_by_argument::fn exp{};

/// `log(x)`: the natural logarithm.
///
/// `log(0)` is minus infinity, `log` of infinity is infinity, a NaN stays a NaN.
///
/// *Arguments*: types and accuracy as for `exp`.
/// *Errors*: `x < 0` is `invalid_value`, and does not compile in a constant expression.
/// *Cost*: about 30 of clang's steps in a constant expression.
/// *Use*:
///     bellman::log(1.0) == 0.0
inline constexpr detail::log_by_argument::fn log{};

}  // namespace operations

}  // namespace bellman
