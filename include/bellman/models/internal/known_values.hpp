// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/scalar/arithmetic.hpp>
#include <bellman/scalar/as_number.hpp>

#include <type_traits>

namespace bellman::models::internal {

/// A fraction, as long as it can be written: exact where division is.
struct fraction {
  long long numerator;
  long long denominator;
};

template <class F>
constexpr F as(fraction const& x) {
  return quotient(as_number<F>(x.numerator), as_number<F>(x.denominator));
}

/// Whether a compiler can hold a fraction of this type.
template <class F>
concept constant_number = std::is_trivially_destructible_v<F> && requires {
  typename std::bool_constant<(static_cast<void>(internal::as<F>({1, 2})), true)>;
};

template <class F, int Numerator, int Denominator>
inline constexpr F constant_of = internal::as<F>({Numerator, Denominator});

/// `constant<F, n, d>()`: `n / d`, computed once where a compiler can hold it: a quotient of exact numbers takes more
/// of the steps that it grants than all else of a transition.
template <class F, int Numerator, int Denominator>
constexpr F constant() {
  if constexpr (constant_number<F>) {
    return constant_of<F, Numerator, Denominator>;
  } else {
    return internal::as<F>({Numerator, Denominator});
  }
}

/// `value_of_way(steps, each, last, gamma)`: what a way of so many steps is worth, at least one, that pays `each` for
/// every step but the last.
template <class F>
constexpr F value_of_way(int steps, int each, int last, F const& gamma) {
  F value = F(last);
  for (int k = 1; k < steps; ++k) value = sum(F(each), product(gamma, value));
  return value;
}

constexpr int distance(int a, int b) { return a < b ? b - a : a - b; }

}  // namespace bellman::models::internal
