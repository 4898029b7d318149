// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/internal/stands_for.hpp>
#include <bellman/internal/verdict.hpp>
#include <bellman/scalar/internal/parts.hpp>
#include <bellman/scalar/scalar_traits.hpp>

#include <array>
#include <concepts>
#include <cstddef>
#include <limits>
#include <type_traits>

namespace bellman {

namespace detail {

template <class V, class F>
inline constexpr bool is_array_over = false;
template <class T, std::size_t N>
inline constexpr bool is_array_over<std::array<T, N>, T> = true;

template <class T>
concept has_field_operations = requires(T const& a, T const& b) {
  { a + b } -> std::convertible_to<T>;
  { a - b } -> std::convertible_to<T>;
  { a * b } -> std::convertible_to<T>;
  { a / b } -> std::convertible_to<T>;
  { -a } -> std::convertible_to<T>;
};

}  // namespace detail

/// `scalar_t<T>`: the scalars of a value, as `scalar_traits` has them: `T::scalar_type` for vectors, the elements of a
/// `std::array`, the type itself otherwise.
///
/// *Use*:
///     std::is_same_v<bellman::scalar_t<std::array<float, 2>>, float>
template <class T>
using scalar_t = typename scalar_traits<std::remove_cvref_t<T>>::scalar_type;

/// Numbers with the four operations.
///
/// Minimal definition: copyable, `==`, `a + b`, `a - b`, `a * b`, `a / b`, `-a`, construction from `int`.
///
/// Axioms, in exact arithmetic:
///  1. `+` and `*` are associative and commutative, and `*` distributes over `+`.
///  2. `T{}` and `T(0)` are the neutral element of `+`, `T(1)` that of `*`, and `a + (-a) == T(0)`.
///  3. `(a / b) * b == a` unless `b` is a zero divisor.
///
/// Integers are not a field, be they built-in or a class: `1 / 2` is not a half. Rewards that are integers are computed
/// with in the type of the discount. Nor are numbers that are only stored as a T, such as those of 16 bits: they are
/// computed with as what `scalar_traits` names, `float`.
///
/// Models: `float`, `double`, `long double`, `boost::rational<Int>`, Boost.Multiprecision's rational and floating-point
/// numbers; `dual<T>` and `interval<T>` meet it with the exceptions that their own pages name.
template <class T>
concept field = std::semiregular<T> && std::equality_comparable<T> && !std::numeric_limits<T>::is_integer &&
                !internal::only_stored<T> && std::constructible_from<T, int> && detail::has_field_operations<T>;

/// A field with an order, so that a maximum exists.
///
/// Minimal definition: `field<T>` and `a < b`.
///
/// Axioms:
///  1. `<` is a strict total order on the values that occur (a NaN breaks it and is refused where it would matter).
///  2. `a < b` implies `a + c < b + c`, and `c * a < c * b` for `T(0) < c`.
///
/// Models: those of `field` but complex numbers; `dual<T>` is ordered by its value.
template <class T>
concept ordered_field = field<T> && requires(T const& a, T const& b) {
  { a < b } -> std::convertible_to<bool>;
};

/// Values that can be added and scaled: what a return, a state value and an advantage are made of.
///
/// Minimal definition: copyable, default-constructible, `v + w`, `v - w`, `f * v`, or these three in `scalar_traits`.
///
/// Axioms: `(V, +)` is a commutative group with neutral element `scalar_traits<V>::zero()`, which is `V{}` unless it is
/// said otherwise; `(f * g) * v == f * (g * v)`; `F(1) * v == v`; scaling distributes over both sums.
///
/// Models: every field over itself; `coordinates<T, N>` and `std::array<T, N>` over `T` (the array has no operators of
/// its own; `sum`, `difference` and `product` work on it).
template <class V, class F = scalar_t<V>>
concept vector_space_over = field<F> && std::semiregular<V> &&
    (detail::is_array_over<V, F> || internal::has_own_vector_operations<V, F> ||
     requires(V const& v, V const& w, F const& f) {
       { v + w } -> std::convertible_to<V>;
       { v - w } -> std::convertible_to<V>;
       { f * v } -> std::convertible_to<V>;
     });

/// `is_exact_v<T>`: whether arithmetic on `T` never rounds.
///
/// *Arguments*: as `scalar_traits` has it: exact unless `std::numeric_limits` says otherwise.
/// *Use*:
///     bellman::is_exact_v<boost::rational<long long>> && !bellman::is_exact_v<double>
template <class T>
inline constexpr bool is_exact_v = scalar_traits<T>::is_exact;

namespace refused {

struct these_are_no_numbers {};

}  // namespace refused

namespace internal {

/// A number: of a field, or an integer, which is computed with as `double`, or one that is stored in fewer bits.
template <class X>
concept number = field<X> || (std::integral<X> && !is_a_letter<X>) || only_stored<X>;

/// What is added and multiplied as one number: beside numbers, packs of them and integers that are classes.
template <class X>
concept used_as_a_number = number<X> || has_lanes<X> ||
    (std::semiregular<X> && !is_a_letter<X> && std::numeric_limits<X>::is_specialized);

}  // namespace internal

namespace detail {

struct is_zero_fn {
  template <class T, class = typename internal::rule<(internal::used_as_a_number<T> && !internal::has_lanes<T>),
                                                     refused::these_are_no_numbers>::type::yes>
  constexpr bool operator()(T const& x) const {
    if constexpr (internal::has_derivatives<T>) {
      if (!(*this)(scalar_traits<T>::value(x))) return false;
      for (auto const& d : scalar_traits<T>::derivatives(x)) {
        if (!(*this)(d)) return false;
      }
      return true;
    } else {
      return x == T(0);
    }
  }
};

}  // namespace detail

/// `is_zero(x)`: whether x is zero and stays so: of a dual number all its derivatives are zero too, where `==` compares
/// values only.
///
/// *Arguments*: a number, or a dual of such.
/// *Use*:
///     bellman::is_zero(0.0) && !bellman::is_zero(bellman::dual<double>::variable(0.0))
inline constexpr detail::is_zero_fn is_zero{};

/// A field whose arithmetic never rounds, so that `==` proves an identity.
template <class T>
concept exact_scalar = field<T> && is_exact_v<T>;

}  // namespace bellman
