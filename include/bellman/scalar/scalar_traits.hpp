// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/internal/honest_arithmetic.hpp>

#include <array>
#include <cstddef>
#include <limits>
#include <type_traits>

// Named here, so that a quotient of boost's is known as one wherever it is used, without its header.
namespace boost {
template <class Int>
class rational;

namespace multiprecision::backends {
template <class Int>
struct rational_adaptor;
struct gmp_rational;
}  // namespace multiprecision::backends
}  // namespace boost

namespace bellman {

namespace detail {

template <class T>
struct scalars_named_by {
  using type = T;
};
template <class T>
  requires requires { typename T::scalar_type; }
struct scalars_named_by<T> {
  using type = typename T::scalar_type;
};

}  // namespace detail

/// `plain_scalar<T>`: what is taken to be true of a type of which `scalar_traits` says nothing.
///
/// Its scalars are those that it names as `T::scalar_type`, else it is its own; it is exact, and rounds by
/// `epsilon()`, as `std::numeric_limits` says, and exact where that says nothing; `T{}` is zero.
///
/// *Use*:
///     bellman::plain_scalar<double>::is_exact == false && bellman::plain_scalar<double>::zero() == 0.0
template <class T>
struct plain_scalar {
  using scalar_type = typename detail::scalars_named_by<T>::type;

  static constexpr bool is_exact = !std::numeric_limits<T>::is_specialized || std::numeric_limits<T>::is_exact;

  static constexpr T zero() { return T{}; }
  static constexpr T epsilon() { return std::numeric_limits<T>::epsilon(); }
};

// No function returns an array or a function, and neither is a number.
template <class T>
requires(std::is_array_v<T> || std::is_function_v<T>) struct plain_scalar<T> {
  using scalar_type = void;

  static constexpr bool is_exact = false;
};

/// `scalar_traits<T>`: what this library knows of numbers of type T, or of vectors, besides their operations. It is the
/// one customisation point for foreign numbers and vectors: but for the name `scalar_type`, no member of theirs means
/// anything without it.
///
/// Specialise it, derived from `plain_scalar<T>`, with what differs from that, and with those of these that T has:
///  - a number that rounds though `std::numeric_limits` does not say so: `is_exact = false` and `epsilon()`, the
///    distance from 1 to the next number;
///  - a vector: `scalar_type`, the type of its scalars; `zero()`, the neutral element, if `T{}` is not it; `sum(v, w)`,
///    `difference(v, w)`, `product(f, v)` where its operators do not give a T, or are not what algorithms should use;
///  - a number with derivatives, such as `dual`: `value(x)`, what decides about order, and `derivatives(x)`, a range of
///    numbers; T is made of a value alone, which is a constant;
///  - a number of which only bounds are known, such as `interval`: `lower(x)` and `upper(x)`; and, since `<` is then no
///    total order, `maximum(x, y)`;
///  - a quotient of integers: `numerator(x)` and `denominator(x)`; T is made of the two. Those of Boost.Rational and
///    Boost.Multiprecision are known;
///  - several numbers at once, such as `pack`: `mask`, with `less(x, y)`, `equal(x, y)`, which give one, and
///    `select(mask, x, y)`.
///
/// All are static. A function `exp(x)`, `log(x)` or `sqrt(x)` of T's own namespace is found by its argument, as those
/// of `std` are.
///
/// *Use*:
///     bellman::scalar_traits<bellman::dual<double>>::value(bellman::dual<double>::variable(3.0)) == 3.0
template <class T>
struct scalar_traits : plain_scalar<T> {};

template <class T, std::size_t N>
struct scalar_traits<std::array<T, N>> : plain_scalar<std::array<T, N>> {
  using scalar_type = T;

  static constexpr bool is_exact = scalar_traits<T>::is_exact;
};

template <class Int>
struct scalar_traits<boost::rational<Int>> : plain_scalar<boost::rational<Int>> {
  static constexpr Int numerator(boost::rational<Int> const& x) { return x.numerator(); }
  static constexpr Int denominator(boost::rational<Int> const& x) { return x.denominator(); }
};

namespace detail {

template <class Backend>
inline constexpr bool is_backend_of_quotients = false;
template <class Int>
inline constexpr bool is_backend_of_quotients<boost::multiprecision::backends::rational_adaptor<Int>> = true;
template <>
inline constexpr bool is_backend_of_quotients<boost::multiprecision::backends::gmp_rational> = true;

// By the functions that boost has for them, which no member of the same name hides here.
template <class T>
constexpr auto numerator_of(T const& x) {
  return numerator(x);
}
template <class T>
constexpr auto denominator_of(T const& x) {
  return denominator(x);
}

}  // namespace detail

// `boost::multiprecision::cpp_rational` and its kin.
template <class T>
requires detail::is_backend_of_quotients<typename T::backend_type>
struct scalar_traits<T> : plain_scalar<T> {
  static constexpr auto numerator(T const& x) { return detail::numerator_of(x); }
  static constexpr auto denominator(T const& x) { return detail::denominator_of(x); }
};

}  // namespace bellman
