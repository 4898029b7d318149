// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/error.hpp>
#include <bellman/scalar/field.hpp>

#include <array>
#include <concepts>
#include <cstddef>
#include <limits>
#include <numeric>
#include <stdexcept>
#include <type_traits>
#include <utility>

namespace bellman {

namespace detail {

// Not constexpr, so that an overflow in a constant expression is refused under this name.
[[noreturn]] inline void exact_scalar_must_not_overflow() {
  throw std::overflow_error("bellman: an exact scalar overflowed; use a wider integer, such as bellman::rational512");
}

template <class T>
concept quotient_of_builtin_integers = requires(T const& q) {
  { q.numerator() } -> std::convertible_to<long long>;
  requires std::signed_integral<std::remove_cvref_t<decltype(q.numerator())>>;
  requires std::same_as<decltype(q.numerator()), decltype(q.denominator())>;
  T(q.numerator(), q.denominator());
};

template <std::signed_integral I>
constexpr I checked_sum(I a, I b) {
  I r{};
  // The least value has no opposite, with which a greatest common divisor would have to compute.
  if (__builtin_add_overflow(a, b, &r) || r == std::numeric_limits<I>::min()) exact_scalar_must_not_overflow();
  return r;
}
template <std::signed_integral I>
constexpr I checked_product(I a, I b) {
  I r{};
  if (__builtin_mul_overflow(a, b, &r) || r == std::numeric_limits<I>::min()) exact_scalar_must_not_overflow();
  return r;
}

// The integers' own `+` and `*` would overflow in silence, so a quotient of them is added and multiplied here.
template <class Q>
constexpr Q checked_sum_of_quotients(Q const& a, Q const& b, int sign) {
  auto const g = std::gcd(a.denominator(), b.denominator());
  auto const left = checked_product(a.numerator(), b.denominator() / g);
  auto const right = checked_product(b.numerator(), a.denominator() / g);
  using I = std::remove_cv_t<decltype(g)>;
  auto const n = checked_sum(left, sign > 0 ? right : checked_product(I(-1), right));
  return Q(n, checked_product(a.denominator(), b.denominator() / g));
}
template <class I>
constexpr I divisor(I a, I b) {
  I const g = std::gcd(a, b);
  return g == 0 ? I(1) : g;
}
template <class Q, class I>
constexpr Q checked_product_of_quotients(I an, I ad, I bn, I bd) {
  I const g = divisor(an, bd);
  I const h = divisor(bn, ad);
  return Q(checked_product(I(an / g), I(bn / h)), checked_product(I(ad / h), I(bd / g)));
}

template <class A>
inline constexpr bool is_array = false;
template <class T, std::size_t N>
inline constexpr bool is_array<std::array<T, N>> = true;

// at(0), at(1), ..., at(N - 1)
template <std::size_t N, class At>
constexpr auto array_of(At const& at) {
  return [&]<std::size_t... I>(std::index_sequence<I...>) {
    return std::array<decltype(at(std::size_t{0})), N>{at(I)...};
  }(std::make_index_sequence<N>{});
}

struct sum_fn {
  template <class A, class B>
  constexpr auto operator()(A const& a, B const& b) const {
    if constexpr (std::same_as<A, B> && quotient_of_builtin_integers<A>) {
      if (std::is_constant_evaluated()) return A(a + b);  // where an overflow does not compile anyway
      return checked_sum_of_quotients(a, b, 1);
    } else if constexpr (is_array<A> && std::same_as<A, B>) {
      return array_of<std::tuple_size_v<A>>([&](std::size_t i) { return (*this)(a[i], b[i]); });
    } else {
      return a + b;
    }
  }
};
struct difference_fn {
  template <class A, class B>
  constexpr auto operator()(A const& a, B const& b) const {
    if constexpr (std::same_as<A, B> && quotient_of_builtin_integers<A>) {
      if (std::is_constant_evaluated()) return A(a - b);  // where an overflow does not compile anyway
      return checked_sum_of_quotients(a, b, -1);
    } else if constexpr (is_array<A> && std::same_as<A, B>) {
      return array_of<std::tuple_size_v<A>>([&](std::size_t i) { return (*this)(a[i], b[i]); });
    } else {
      return a - b;
    }
  }
};
struct product_fn {
  template <class A, class B>
  constexpr auto operator()(A const& a, B const& b) const {
    if constexpr (std::same_as<A, B> && quotient_of_builtin_integers<A>) {
      if (std::is_constant_evaluated()) return A(a * b);  // where an overflow does not compile anyway
      return checked_product_of_quotients<A>(a.numerator(), a.denominator(), b.numerator(), b.denominator());
    } else if constexpr (is_array<B>) {
      return array_of<std::tuple_size_v<B>>([&](std::size_t i) { return (*this)(a, b[i]); });
    } else {
      return a * b;
    }
  }
};
struct quotient_fn {
  template <class A, class B>
  constexpr auto operator()(A const& a, B const& b) const {
    if constexpr (std::same_as<A, B> && quotient_of_builtin_integers<A>) {
      if (std::is_constant_evaluated()) return A(a / b);  // where an overflow does not compile anyway
      return checked_product_of_quotients<A>(a.numerator(), a.denominator(), b.denominator(), b.numerator());
    } else {
      return a / b;
    }
  }
};

}  // namespace detail

/// `a + b`, `a - b`, `a * b`, `a / b` as every algorithm of this library computes them: the type's own operation, but
///  - for a quotient of built-in integers (`boost::rational<long long>`), whose own operations overflow in silence: there
///    an overflow throws `std::overflow_error`, and does not compile in a constant expression;
///  - for a `std::array`, which has none: there the sum and the difference of two, and the product of a scalar with one,
///    are taken element by element, so that an array of rewards is a vector.
inline constexpr detail::sum_fn sum{};
inline constexpr detail::difference_fn difference{};
inline constexpr detail::product_fn product{};
inline constexpr detail::quotient_fn quotient{};

}  // namespace bellman
