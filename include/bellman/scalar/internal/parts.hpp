// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/scalar/scalar_traits.hpp>

#include <concepts>
#include <type_traits>

namespace bellman::internal {

// What `scalar_traits` says of a type, as concepts.

/// A number that is only stored as a T and computed with as another: a float of 16 bits.
template <class T>
concept only_stored = requires {
  typename scalar_traits<T>::number_type;
  requires !std::same_as<T, typename scalar_traits<T>::number_type>;
};

template <class T>
struct computed {
  using type = T;
};
template <only_stored T>
struct computed<T> {
  using type = typename scalar_traits<T>::number_type;
};

/// What a T is computed with, which for all that is not only stored is itself.
template <class T>
using computed_t = typename computed<T>::type;

/// `as_computed(x)`: x as what it is computed with, by reference where that is itself.
template <class T>
constexpr decltype(auto) as_computed(T const& x) {
  if constexpr (only_stored<T>) {
    return static_cast<computed_t<T>>(x);
  } else {
    return (x);
  }
}

/// A number that carries derivatives: a `dual`.
template <class T>
concept has_derivatives = requires(T const& x) {
  scalar_traits<T>::value(x);
  scalar_traits<T>::derivatives(x);
};

/// A number of which only bounds are known, so that two of them may be in no order: an `interval`.
template <class T>
concept has_bounds = requires(T const& x) {
  scalar_traits<T>::lower(x);
  scalar_traits<T>::upper(x);
};

/// A number whose `<` is only a partial order, so that a maximum is a matter of its own.
template <class T>
concept has_own_maximum = requires(T const& x) {
  { scalar_traits<T>::maximum(x, x) } -> std::convertible_to<T>;
};

/// A quotient of two integers.
template <class T>
concept is_quotient = requires(T const& x) {
  scalar_traits<T>::numerator(x);
  scalar_traits<T>::denominator(x);
};

/// Several numbers at once: a `pack`.
template <class T>
concept has_lanes = requires { typename scalar_traits<T>::mask; };

/// Vectors that are added and scaled by functions of their own.
template <class V, class F>
concept has_own_vector_operations = requires(V const& v, F const& f) {
  { scalar_traits<V>::sum(v, v) } -> std::convertible_to<V>;
  { scalar_traits<V>::difference(v, v) } -> std::convertible_to<V>;
  { scalar_traits<V>::product(f, v) } -> std::convertible_to<V>;
};

/// `primal(x)`: the number that decides about order and infinity: a dual number's value, that of its value if it is a
/// dual number again; any other number itself.
template <class T>
constexpr decltype(auto) primal(T const& x) {
  if constexpr (!has_derivatives<T>) {
    return (x);
  } else if constexpr (std::is_lvalue_reference_v<decltype(scalar_traits<T>::value(x))>) {
    return internal::primal(scalar_traits<T>::value(x));
  } else {
    auto const value = scalar_traits<T>::value(x);
    return std::remove_cvref_t<decltype(internal::primal(value))>(internal::primal(value));
  }
}

/// `have_the_same_derivatives(x, y)`: whether two numbers differ in no derivative, at any depth; without derivatives they
/// do not.
template <class T>
constexpr bool have_the_same_derivatives([[maybe_unused]] T const& x, [[maybe_unused]] T const& y) {
  if constexpr (has_derivatives<T>) {
    if (!internal::have_the_same_derivatives(scalar_traits<T>::value(x), scalar_traits<T>::value(y))) return false;
    auto&& of_x = scalar_traits<T>::derivatives(x);
    auto&& of_y = scalar_traits<T>::derivatives(y);
    auto b = of_y.begin();
    for (auto const& a : of_x) {
      auto const& other = *b;
      if (!(a == other) || !internal::have_the_same_derivatives(a, other)) return false;
      ++b;
    }
  }
  return true;
}

/// `is_not_negative(x)`: whether x is 0 or above, of an interval all of it; a NaN is not.
template <class T>
constexpr bool is_not_negative(T const& x) {
  if constexpr (has_bounds<T>) {
    return !(scalar_traits<T>::lower(x) < 0);
  } else {
    return !(x < T(0)) && x == x;
  }
}

/// `is_in_the_unit_interval(x)`: whether x lies in [0, 1], of an interval all of it; a NaN does not.
template <class T>
constexpr bool is_in_the_unit_interval(T const& x) {
  if constexpr (has_bounds<T>) {
    return internal::is_not_negative(x) && !(1 < scalar_traits<T>::upper(x));
  } else {
    return internal::is_not_negative(x) && !(T(1) < x);
  }
}

}  // namespace bellman::internal
