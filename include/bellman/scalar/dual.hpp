// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/internal/array_of.hpp>
#include <bellman/internal/describe.hpp>
#include <bellman/internal/refuse.hpp>
#include <bellman/scalar/arithmetic.hpp>
#include <bellman/scalar/exponential.hpp>
#include <bellman/scalar/field.hpp>
#include <bellman/scalar/internal/parts.hpp>
#include <bellman/scalar/scalar_traits.hpp>
#include <bellman/scalar/selection.hpp>
#include <bellman/scalar/square_root.hpp>

#include <array>
#include <concepts>
#include <cstddef>
#include <string>
#include <type_traits>

namespace bellman {

namespace detail {

// Not spelt out, so that a mistake is told in a line.
template <class T, std::size_t N>
concept a_dual_is_over_a_field = bool(field<T> || internal::has_lanes<T>) && bool(N > 0);

// Not constexpr, so that a wrong direction in a constant expression is refused under this name.
[[noreturn]] inline void direction_must_be_below_the_number_of_directions(std::size_t k, std::size_t n) {
  internal::refuse("bellman::dual: direction " + internal::describe(k) + ", allowed is 0 to " +
                   internal::describe(n - 1));
}

// What a dual of T takes as a constant: T and whatever T takes, such as the literal 2 or the T of a dual<dual<T>>.
template <class U, class Dual, class T>
concept constant_for_dual = !std::same_as<U, Dual> && std::convertible_to<U const&, T>;

// float to double, but not back.
template <class From, class To>
concept widens_to = !std::same_as<From, To> && std::convertible_to<From const&, To> && requires {
  requires std::same_as<std::common_type_t<From, To>, To>;
};

}  // namespace detail

/// `dual<T, N>`: a value together with its derivatives in `N` directions:
/// `value + derivative[0] e_0 + ... + derivative[N-1] e_{N-1}` with `e_i e_j = 0`. Computing with `variable(x_k, k)`
/// gives `f(x)` and its gradient `derivative[k] = df/dx_k`.
///
/// A dual is its own scalar: `scalar_t<dual<T, N>>` is `dual<T, N>`, for a product of two duals is again a dual.
///
/// Order: `==` and `<` compare the values only, as in `x < y ? y : x`, whose derivative is that of the branch taken;
/// where two values tie, a maximum has the derivative of the first. To compare derivatives, compare `derivative`.
///
/// *Arguments*: `T` is any field: `double`, `boost::rational<Int>`, `interval<double>`, a `dual` again for second
/// derivatives, or a `pack` of such. A constant (a `T`, or what converts to one, such as the literal `2`) stands beside
/// a dual in every operation and costs no arithmetic on derivatives that are zero.
/// *Errors*: `invalid_value` for a direction that is not below `N`. A dual with value 0 and other derivatives has no
/// inverse; division by it is division by the value 0.
/// *Cost*: of an operation that of the value and at most three operations for each direction.
/// *Use*:
///     [x = bellman::dual<double>::variable(3.0)] { return (x * x + 1).derivative[0] == 6.0; }()
template <class T, std::size_t N = 1>
requires detail::a_dual_is_over_a_field<T, N>
struct dual {
  T value;
  std::array<T, N> derivative;

  /// Zero.
  constexpr dual() : dual(T(0)) {}

  /// A constant: every derivative is zero.
  template <detail::constant_for_dual<dual, T> U>
  constexpr dual(U const& x)
      : value(static_cast<T>(x)), derivative(internal::array_of<N, T>([](std::size_t) { return T(0); })) {}

  constexpr dual(T const& x, std::array<T, N> const& gradient) : value(x), derivative(gradient) {}

  /// From a narrower scalar, such as a `dual<float>` to a `dual<double>`.
  template <detail::widens_to<T> U>
  constexpr dual(dual<U, N> const& x)
      : value(static_cast<T>(x.value)),
        derivative(internal::array_of<N, T>([&](std::size_t k) { return static_cast<T>(x.derivative[k]); })) {}

  /// `variable(x, k)`: the variable `x_k = x` of direction `k`: derivative 1 in its own direction and 0 in the others.
  ///
  /// *Errors*: `invalid_value` unless `k < N`.
  /// *Use*:
  ///     bellman::dual<double, 2>::variable(3.0, 1).derivative == std::array{0.0, 1.0}
  static constexpr dual variable(T const& x, std::size_t k = 0) {
    if (k >= N) detail::direction_must_be_below_the_number_of_directions(k, N);
    return dual(x, internal::array_of<N, T>([&](std::size_t i) { return T(i == k ? 1 : 0); }));
  }

  friend constexpr dual operator+(dual const& a) { return a; }
  friend constexpr dual operator-(dual const& a) {
    return each(-a.value, [&](std::size_t k) { return -a.derivative[k]; });
  }

  friend constexpr dual operator+(dual const& a, dual const& b) {
    return each(sum(a.value, b.value), [&](std::size_t k) { return sum(a.derivative[k], b.derivative[k]); });
  }
  friend constexpr dual operator-(dual const& a, dual const& b) {
    return each(difference(a.value, b.value),
                [&](std::size_t k) { return difference(a.derivative[k], b.derivative[k]); });
  }
  // (a b)' = a' b + a b'
  friend constexpr dual operator*(dual const& a, dual const& b) {
    return each(product(a.value, b.value), [&](std::size_t k) {
      return sum(product(a.derivative[k], b.value), product(a.value, b.derivative[k]));
    });
  }
  // (a / b)' = (a' - (a / b) b') / b
  friend constexpr dual operator/(dual const& a, dual const& b) {
    T const q = quotient(a.value, b.value);
    return each(q, [&](std::size_t k) {
      return quotient(difference(a.derivative[k], product(q, b.derivative[k])), b.value);
    });
  }

  template <detail::constant_for_dual<dual, T> U>
  friend constexpr dual operator+(dual const& a, U const& c) {
    return dual(sum(a.value, static_cast<T>(c)), a.derivative);
  }
  template <detail::constant_for_dual<dual, T> U>
  friend constexpr dual operator+(U const& c, dual const& a) {
    return dual(sum(static_cast<T>(c), a.value), a.derivative);
  }
  template <detail::constant_for_dual<dual, T> U>
  friend constexpr dual operator-(dual const& a, U const& c) {
    return dual(difference(a.value, static_cast<T>(c)), a.derivative);
  }
  template <detail::constant_for_dual<dual, T> U>
  friend constexpr dual operator-(U const& c, dual const& a) {
    return each(difference(static_cast<T>(c), a.value), [&](std::size_t k) { return -a.derivative[k]; });
  }
  template <detail::constant_for_dual<dual, T> U>
  friend constexpr dual operator*(dual const& a, U const& c) {
    T const factor = static_cast<T>(c);
    return each(product(a.value, factor), [&](std::size_t k) { return product(a.derivative[k], factor); });
  }
  template <detail::constant_for_dual<dual, T> U>
  friend constexpr dual operator*(U const& c, dual const& a) {
    T const factor = static_cast<T>(c);
    return each(product(factor, a.value), [&](std::size_t k) { return product(factor, a.derivative[k]); });
  }
  template <detail::constant_for_dual<dual, T> U>
  friend constexpr dual operator/(dual const& a, U const& c) {
    T const divisor = static_cast<T>(c);
    return each(quotient(a.value, divisor), [&](std::size_t k) { return quotient(a.derivative[k], divisor); });
  }
  template <detail::constant_for_dual<dual, T> U>
  friend constexpr dual operator/(U const& c, dual const& a) {
    T const q = quotient(static_cast<T>(c), a.value);
    return each(q, [&](std::size_t k) { return -quotient(product(q, a.derivative[k]), a.value); });
  }

  template <class U>
  constexpr dual& operator+=(U const& b) {
    return *this = *this + b;
  }
  template <class U>
  constexpr dual& operator-=(U const& b) {
    return *this = *this - b;
  }
  template <class U>
  constexpr dual& operator*=(U const& b) {
    return *this = *this * b;
  }
  template <class U>
  constexpr dual& operator/=(U const& b) {
    return *this = *this / b;
  }

  friend constexpr bool operator==(dual const& a, dual const& b) { return a.value == b.value; }
  friend constexpr bool operator<(dual const& a, dual const& b)
    requires ordered_field<T>
  {
    return a.value < b.value;
  }
  friend constexpr bool operator>(dual const& a, dual const& b)
    requires ordered_field<T>
  {
    return b.value < a.value;
  }
  friend constexpr bool operator<=(dual const& a, dual const& b)
    requires ordered_field<T>
  {
    return a.value < b.value || a.value == b.value;
  }
  friend constexpr bool operator>=(dual const& a, dual const& b)
    requires ordered_field<T>
  {
    return b.value < a.value || a.value == b.value;
  }

  /// `(e^x)' = e^x x'`, for a `T` with an exponential function.
  friend constexpr dual exp(dual const& x) requires std::invocable<decltype(bellman::exp) const&, T const&> {
    T const y = bellman::exp(x.value);
    return each(y, [&](std::size_t k) { return product(y, x.derivative[k]); });
  }
  /// `(log x)' = x' / x`, for a `T` with a logarithm.
  friend constexpr dual log(dual const& x) requires std::invocable<decltype(bellman::log) const&, T const&> {
    return each(bellman::log(x.value), [&](std::size_t k) { return quotient(x.derivative[k], x.value); });
  }
  /// `(sqrt x)' = x' / (2 sqrt x)`, for a `T` with a square root. At 0 it has no derivative: division by 0.
  friend constexpr dual sqrt(dual const& x) requires std::invocable<decltype(bellman::sqrt) const&, T const&> {
    T const y = bellman::sqrt(x.value);
    return each(y, [&](std::size_t k) { return quotient(x.derivative[k], product(T(2), y)); });
  }

  /// `value + derivative[0] e0 + ...` as text.
  std::string str() const {
    std::string text = internal::describe(value);
    for (std::size_t k = 0; k < N; ++k) {
      text += " + (" + internal::describe(derivative[k]) + ") e" + internal::describe(k);
    }
    return text;
  }

 private:
  template <class Function>
  static constexpr dual each(T const& value, Function const& f) {
    return dual(value, internal::array_of<N, T>(f));
  }
};

template <class T, std::size_t N>
struct scalar_traits<dual<T, N>> : plain_scalar<dual<T, N>> {
  using sum_type = dual<typename scalar_traits<T>::sum_type, N>;

  static constexpr bool is_exact = scalar_traits<T>::is_exact;

  template <class U>
  static constexpr dual<T, N> converted(dual<U, N> const& x) {
    return dual<T, N>(internal::converted_to<T>(x.value), internal::converted_to<std::array<T, N>>(x.derivative));
  }

  static constexpr T const& value(dual<T, N> const& x) { return x.value; }
  static constexpr std::array<T, N> const& derivatives(dual<T, N> const& x) { return x.derivative; }
};

// Several dual numbers at once: a dual number of packs.
template <internal::has_lanes T, std::size_t N>
struct scalar_traits<dual<T, N>> : plain_scalar<dual<T, N>> {
  using lanes = dual<T, N>;
  using mask = typename scalar_traits<T>::mask;

  static constexpr bool is_exact = scalar_traits<T>::is_exact;

  [[gnu::always_inline]] static constexpr lanes select(mask const& m, lanes const& x, lanes const& y) {
    return lanes(bellman::select(m, x.value, y.value), internal::array_of<N, T>([&](std::size_t k) {
                   return bellman::select(m, x.derivative[k], y.derivative[k]);
                 }));
  }
  [[gnu::always_inline]] static constexpr mask less(lanes const& x, lanes const& y) {
    return bellman::less(x.value, y.value);
  }
  [[gnu::always_inline]] static constexpr mask equal(lanes const& x, lanes const& y) {
    return bellman::equal(x.value, y.value);
  }
};

}  // namespace bellman

// A dual and a constant meet in the dual of the wider scalar.
template <class T, std::size_t N, class U>
  requires bellman::detail::constant_for_dual<U, bellman::dual<T, N>, T> && requires {
    typename std::common_type_t<T, U>;
  }
struct std::common_type<bellman::dual<T, N>, U> {
  using type = bellman::dual<std::common_type_t<T, U>, N>;
};
template <class T, std::size_t N, class U>
  requires bellman::detail::constant_for_dual<U, bellman::dual<T, N>, T> && requires {
    typename std::common_type_t<T, U>;
  }
struct std::common_type<U, bellman::dual<T, N>> {
  using type = bellman::dual<std::common_type_t<T, U>, N>;
};
