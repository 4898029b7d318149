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

struct this_number_has_no_sqrt {};

}  // namespace refused

namespace detail {

namespace sqrt_by_argument {

void sqrt() = delete;

template <class T>
concept has_own = requires(T const& x) {
  { sqrt(x) } -> std::convertible_to<T>;
};

// Not constexpr, so that the root of a negative number in a constant expression is refused under this name.
template <class T>
[[noreturn]] void square_root_needs_a_number_that_is_not_negative(T const& x) {
  internal::refuse("bellman::sqrt: the argument is " + internal::describe(x) + ", allowed is 0 to infinity");
}

// For x > 0, finite. x = 2^(2h) m with m in [1, 4) and, in units of 2^-52, m = X and sqrt(m) = Y. Newton's method gives
// a Y that is off by a few units; the nearest integer is the one with Y^2 - Y < 2^52 X <= Y^2 + Y. The difference of
// the two large numbers is small, so that it is right modulo 2^64.
constexpr double root_of_positive(double x) {
  bool const subnormal = x < (std::numeric_limits<double>::min)();
  auto const bits = std::bit_cast<std::uint64_t>(subnormal ? x * 0x1p54 : x);
  int const exponent = static_cast<int>(bits >> 52) - (subnormal ? 1023 + 54 : 1023);
  int const h = exponent < 0 ? -((1 - exponent) / 2) : exponent / 2;
  std::uint64_t const X = ((bits & 0x000fffffffffffffu) | 0x0010000000000000u) << (exponent - 2 * h);
  double const m = static_cast<double>(X) * 0x1p-52;
  double y = 0.5 * (m + 1);  // too large by a quarter at the most
  for (int i = 0; i < 5; ++i) y = 0.5 * (y + m / y);
  auto Y = static_cast<std::uint64_t>(y * 0x1p52);
  for (bool nearest = false; !nearest;) {
    auto const gap = static_cast<std::int64_t>((X << 52) - Y * Y);
    auto const half = static_cast<std::int64_t>(Y);
    nearest = -half < gap && gap <= half;
    if (gap > half) ++Y;
    if (gap <= -half) --Y;
  }
  return static_cast<double>(Y) * internal::power_of_two(h - 52);
}

template <std::floating_point T>
T not_negative(T x) {
  if (x < 0) sqrt_by_argument::square_root_needs_a_number_that_is_not_negative(x);
  return x;
}

struct sqrt_of_a_number {
  static constexpr double constant(double x) {
    if (x != x || x == 0 || x == std::numeric_limits<double>::infinity()) return x;
    if (x < 0) square_root_needs_a_number_that_is_not_negative(x);
    return root_of_positive(x);
  }

  // Rounded to a double and then to a float it is the nearest float: 53 >= 2 * 24 + 2.
  static constexpr float constant(float x) { return static_cast<float>(constant(static_cast<double>(x))); }
  static float run_time(float x) { return __builtin_sqrtf(not_negative(x)); }
  static double run_time(double x) { return __builtin_sqrt(not_negative(x)); }
  static long double run_time(long double x) { return __builtin_sqrtl(not_negative(x)); }
};

struct fn {
  template <class T, class = typename internal::rule<(std::floating_point<T> || internal::only_stored<T> || has_own<T>),
                                                     refused::this_number_has_no_sqrt>::type::yes>
  constexpr internal::computed_t<T> operator()(T const& x) const {
    if constexpr (internal::only_stored<T>) {
      return (*this)(internal::as_computed(x));
    } else if constexpr (std::floating_point<T>) {
      return internal::elementary_function<sqrt_of_a_number>::of(x);
    } else {
      return sqrt(x);
    }
  }
};

}  // namespace sqrt_by_argument

}  // namespace detail

// In an inline namespace for the reason given in maximum.hpp: the hidden friend `sqrt(dual)` is a member of `bellman`.
inline namespace operations {

/// `sqrt(x)`: the number that is not negative and whose square is `x`.
///
/// Call it by its full name, as `bellman::sqrt`, for <math.h> has a `::sqrt`.
/// `sqrt(0)` is 0, `sqrt` of infinity is infinity, a NaN stays a NaN.
///
/// *Arguments*: `float` and `double`: the nearest number, the same in a constant expression and at run time.
/// `long double` is `std::sqrt`, and so a run-time value only. Every other type: its own `sqrt(x)`, found by its
/// argument (`dual<T>`, Boost.Multiprecision's floating-point numbers).
/// *Errors*: `x < 0` is `invalid_value`, and does not compile in a constant expression; a type that has none, such as a
/// rational number, does not compile.
/// *Cost*: about 40 of clang's steps in a constant expression.
/// *Use*:
///     bellman::sqrt(2.25) == 1.5
inline constexpr detail::sqrt_by_argument::fn sqrt{};

}  // namespace operations

}  // namespace bellman
