// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/internal/array_of.hpp>
#include <bellman/internal/honest_arithmetic.hpp>

#include <array>
#include <concepts>
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

// A float of fewer bits than `float`: of the compiler, or a class that says which float it stands for. What fewer bits
// hold that is a number of another kind, such as a residue, is no float.
template <class T>
concept float_of_a_compiler =
    !std::is_class_v<T> && !std::is_union_v<T> && !std::is_enum_v<T> && !std::integral<T> && std::is_object_v<T>;
template <class T>
concept says_which_float_it_is = std::is_class_v<T> && requires(T const& x) {
  x.operator float();
};
template <class T>
concept float_of_fewer_bits = (float_of_a_compiler<T> || says_which_float_it_is<T>) &&
    !std::numeric_limits<T>::is_exact && requires(T const& x, float y) {
  static_cast<float>(x);
  static_cast<T>(y);
  requires sizeof(T) < sizeof(float);
};

template <class T>
struct numbers_computed_in {
  using type = T;
};
template <float_of_fewer_bits T>
struct numbers_computed_in<T> {
  using type = float;
};

template <class T>
struct sums_computed_in {
  using type = T;
};
template <>
struct sums_computed_in<float> {
  using type = double;
};

// The distance from 1 to the next number, by rounding to T.
template <class T>
constexpr T distance_from_one_to_the_next() {
  float e = 1;
  while (static_cast<float>(static_cast<T>(1 + e / 2)) != 1) e /= 2;
  return static_cast<T>(e);
}

}  // namespace detail

/// `plain_scalar<T>`: what is taken to be true of a type of which `scalar_traits` says nothing.
///
/// Its scalars are those that it names as `T::scalar_type`, else it is its own; it is exact, and rounds by
/// `epsilon()`, as `std::numeric_limits` says, and exact where that says nothing; `T{}` is zero. It is computed in
/// itself, but a float of fewer bits than `float`, such as `_Float16` or a class with an `operator float`, in `float`;
/// so are its sums, but those of `float` in `double`.
///
/// *Use*:
///     bellman::plain_scalar<double>::is_exact == false && bellman::plain_scalar<double>::zero() == 0.0
template <class T>
struct plain_scalar {
  using scalar_type = typename detail::scalars_named_by<T>::type;
  using number_type = typename detail::numbers_computed_in<T>::type;
  using sum_type = typename detail::sums_computed_in<T>::type;

  static constexpr bool is_exact =
      !detail::float_of_fewer_bits<T> && (!std::numeric_limits<T>::is_specialized || std::numeric_limits<T>::is_exact);

  static constexpr T zero() { return T{}; }
  static constexpr T epsilon() {
    if constexpr (detail::float_of_fewer_bits<T>) {
      return detail::distance_from_one_to_the_next<T>();
    } else {
      return std::numeric_limits<T>::epsilon();
    }
  }
};

// No function returns an array or a function, and neither is a number.
template <class T>
requires(std::is_array_v<T> || std::is_function_v<T>) struct plain_scalar<T> {
  using scalar_type = void;
  using number_type = T;
  using sum_type = T;

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
///  - a number that is only stored as a T and computed with as another: `number_type`, to and from which it is cast;
///  - `sum_type`, what long sums are computed in where T itself would lose digits, and `converted(x)`, which makes a T
///    of a vector that differs in its scalars, where a `static_cast` does not;
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

namespace internal {

/// `converted_to<To>(x)`: a number, or a vector component by component, in another precision.
template <class To, class From>
constexpr To converted_to(From const& x) {
  if constexpr (std::same_as<To, From>) {
    return x;
  } else if constexpr (requires { scalar_traits<To>::converted(x); }) {
    return scalar_traits<To>::converted(x);
  } else {
    return static_cast<To>(x);
  }
}

}  // namespace internal

template <class T, std::size_t N>
struct scalar_traits<std::array<T, N>> : plain_scalar<std::array<T, N>> {
  using scalar_type = T;
  using sum_type = std::array<typename scalar_traits<T>::sum_type, N>;

  static constexpr bool is_exact = scalar_traits<T>::is_exact;

  template <class U>
  static constexpr std::array<T, N> converted(std::array<U, N> const& v) {
    return internal::array_of<N, T>([&](std::size_t i) { return internal::converted_to<T>(v[i]); });
  }
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
