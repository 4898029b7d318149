// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/internal/array_of.hpp>
#include <bellman/internal/refuse.hpp>
#include <bellman/internal/verdict.hpp>
#include <bellman/scalar/field.hpp>
#include <bellman/scalar/internal/parts.hpp>
#include <bellman/scalar/internal/requirements.hpp>
#include <bellman/scalar/scalar_traits.hpp>

#include <concepts>
#include <cstddef>
#include <limits>
#include <stdexcept>
#include <type_traits>
#include <utility>

namespace bellman {

namespace refused {

struct these_two_have_no_sum {};
struct these_two_have_no_difference {};
struct these_two_have_no_product {};
struct these_two_have_no_quotient {};

}  // namespace refused

namespace detail {

// Not constexpr, so that an overflow in a constant expression is refused under this name.
[[noreturn]] inline void exact_scalar_must_not_overflow() {
  internal::refuse<std::overflow_error>(
      "bellman: an exact scalar overflowed; use a wider integer, such as bellman::rational512");
}

template <class Q>
using integer_of = std::remove_cvref_t<decltype(scalar_traits<Q>::numerator(std::declval<Q const&>()))>;

template <class T>
concept quotient_of_builtin_integers = internal::is_quotient<T> && std::signed_integral<integer_of<T>> &&
    std::constructible_from<T, integer_of<T>, integer_of<T>>;

// The least value has no opposite, with which a greatest common divisor would have to compute.
template <std::signed_integral Int>
constexpr Int with_an_opposite(Int a) {
  if (a == (std::numeric_limits<Int>::min)()) exact_scalar_must_not_overflow();
  return a;
}
template <std::signed_integral Int>
constexpr Int checked_sum(Int a, Int b) {
  Int r{};
  if (__builtin_add_overflow(a, b, &r)) exact_scalar_must_not_overflow();
  return detail::with_an_opposite(r);
}
template <std::signed_integral Int>
constexpr Int checked_product(Int a, Int b) {
  Int r{};
  if (__builtin_mul_overflow(a, b, &r)) exact_scalar_must_not_overflow();
  return detail::with_an_opposite(r);
}
template <std::signed_integral Int>
constexpr Int common_divisor(Int a, Int b) {
  a = detail::with_an_opposite(a);
  b = detail::with_an_opposite(b);
  while (b != 0) {
    Int const rest = a % b;
    a = b;
    b = rest;
  }
  return a == 0 ? Int(1) : a < 0 ? -a : a;
}

// a / b + c / d and (a / b) (c / d), with the common divisors taken out before anything is multiplied. Whole numbers
// are frequent (rewards of 0 and 1, certain transitions) and need no divisor.
template <class Q, class Int>
constexpr Q checked_sum_of_quotients(Int a, Int b, Int c, Int d) {
  if (b == 1 && d == 1) return Q(detail::checked_sum(a, c));
  Int const g = detail::common_divisor(b, d);
  return Q(detail::checked_sum(detail::checked_product(a, Int(d / g)), detail::checked_product(c, Int(b / g))),
           detail::checked_product(b, Int(d / g)));
}
template <class Q, class Int>
constexpr Q checked_product_of_quotients(Int a, Int b, Int c, Int d) {
  if (b == 1 && d == 1) return Q(detail::checked_product(a, c));
  Int const g = detail::common_divisor(a, d);
  Int const h = detail::common_divisor(c, b);
  return Q(detail::checked_product(Int(a / g), Int(c / h)), detail::checked_product(Int(b / h), Int(d / g)));
}

// A quotient beside another, or beside an integer.
template <class A, class B>
concept quotients = (quotient_of_builtin_integers<A> && (std::same_as<A, B> || std::integral<B>)) ||
                    (quotient_of_builtin_integers<B> && std::integral<A>);
template <class A, class B>
using quotient_type = std::conditional_t<std::integral<A>, B, A>;

// In a constant expression an overflow does not compile anyway, except of an integer narrower than int, and the type's
// own operations take fewer of the steps that a compiler grants.
template <class Q>
constexpr bool refuses_overflow() {
  return std::is_constant_evaluated() && sizeof(integer_of<Q>) >= sizeof(int);
}

enum class operation { sum, difference, product, quotient };

// Of two numbers of one field, or vectors of one space, the result is one again: a type may give something lazy, to be
// computed later, such as Boost.Multiprecision's expression templates.
template <class A, class B>
concept of_one_space = std::same_as<A, B> && vector_space_over<A>;
template <class A, class B>
concept scaling = !std::same_as<A, B> && std::same_as<A, scalar_t<B>> && vector_space_over<B>;

template <class A, class B, class Result>
struct result_of {
  using type = Result;
};
template <class A, class B, class Result>
  requires(of_one_space<A, B> || scaling<A, B>)
struct result_of<A, B, Result> {
  using type = B;
};
template <class A, class B, class Result>
using result_t = typename result_of<A, B, Result>::type;

template <operation Op, class Q>
constexpr Q checked_operation(Q const& x, Q const& y) {
  using Int = integer_of<Q>;
  Int const a = scalar_traits<Q>::numerator(x);
  Int const b = scalar_traits<Q>::denominator(x);
  Int const c = scalar_traits<Q>::numerator(y);
  Int const d = scalar_traits<Q>::denominator(y);
  if constexpr (Op == operation::sum) {
    return detail::checked_sum_of_quotients<Q>(a, b, c, d);
  } else if constexpr (Op == operation::difference) {
    return detail::checked_sum_of_quotients<Q>(a, b, static_cast<Int>(-detail::with_an_opposite(c)), d);
  } else if constexpr (Op == operation::product) {
    return detail::checked_product_of_quotients<Q>(a, b, c, d);
  } else {
    return detail::checked_product_of_quotients<Q>(a, b, d, c);
  }
}

// Vectors that are added and scaled by functions of their own.
template <operation Op, class A, class B>
concept by_own_function = internal::has_own_vector_operations<B, scalar_t<B>> &&
                          ((std::same_as<A, B> && (Op == operation::sum || Op == operation::difference)) ||
                           (std::same_as<A, scalar_t<B>> && Op == operation::product));

// Whether the operation is taken element by element.
template <operation Op, class A, class B>
concept by_elements =
    internal::is_std_array<B> && (Op == operation::product || (Op != operation::quotient && std::same_as<A, B>));

// Whether the type itself has the operation.
template <operation Op, class A, class B>
concept has_own_operation = (Op == operation::sum && requires(A const& a, B const& b) { a + b; }) ||
                            (Op == operation::difference && requires(A const& a, B const& b) { a - b; }) ||
                            (Op == operation::product && requires(A const& a, B const& b) { a* b; }) ||
                            (Op == operation::quotient && requires(A const& a, B const& b) { a / b; });

template <operation Op, class A, class B>
consteval bool are_operands() {
  if constexpr (internal::only_stored<A> || internal::only_stored<B>) {
    return detail::are_operands<Op, internal::computed_t<A>, internal::computed_t<B>>();
  } else if constexpr (quotients<A, B> || by_own_function<Op, A, B>) {
    return true;
  } else if constexpr (by_elements<Op, A, B> && Op == operation::product) {
    return detail::are_operands<Op, A, typename B::value_type>();
  } else if constexpr (by_elements<Op, A, B>) {
    return detail::are_operands<Op, typename A::value_type, typename B::value_type>();
  } else if constexpr (internal::operand<A> && internal::operand<B>) {
    return has_own_operation<Op, A, B>;
  } else {
    return false;  // iterators and texts have sums and differences too
  }
}

template <operation Op, class A, class B>
consteval auto judge_operands() {
  if constexpr (detail::are_operands<Op, A, B>()) {
    return internal::accepted{};
  } else if constexpr (Op == operation::sum) {
    return refused::these_two_have_no_sum{};
  } else if constexpr (Op == operation::difference) {
    return refused::these_two_have_no_difference{};
  } else if constexpr (Op == operation::product) {
    return refused::these_two_have_no_product{};
  } else {
    return refused::these_two_have_no_quotient{};
  }
}

template <operation Op, class A, class B>
struct operands_of {
  using type = decltype(detail::judge_operands<Op, A, B>());
};

template <operation Op>
struct operation_fn {
  template <class A, class B, class = typename operands_of<Op, A, B>::type::yes>
  constexpr auto operator()(A const& a, B const& b) const {
    if constexpr (internal::only_stored<A> || internal::only_stored<B>) {
      return (*this)(internal::as_computed(a), internal::as_computed(b));
    } else if constexpr (quotients<A, B> && !std::same_as<A, B>) {
      using Q = quotient_type<A, B>;
      return (*this)(Q(a), Q(b));
    } else if constexpr (by_own_function<Op, A, B>) {
      if constexpr (Op == operation::sum) {
        return B(scalar_traits<B>::sum(a, b));
      } else if constexpr (Op == operation::difference) {
        return B(scalar_traits<B>::difference(a, b));
      } else {
        return B(scalar_traits<B>::product(a, b));
      }
    } else if constexpr (by_elements<Op, A, B>) {
      return internal::array_of<std::tuple_size_v<B>>([&](std::size_t i) {
        if constexpr (Op == operation::product) {
          return (*this)(a, b[i]);
        } else {
          return (*this)(a[i], b[i]);
        }
      });
    } else {
      if constexpr (quotients<A, B>) {
        if (!detail::refuses_overflow<A>()) return detail::checked_operation<Op>(a, b);
      }
      // Without a further call: what compilers grant a constant expression is counted in calls.
      if constexpr (Op == operation::sum) {
        return result_t<A, B, decltype(a + b)>(a + b);
      } else if constexpr (Op == operation::difference) {
        return result_t<A, B, decltype(a - b)>(a - b);
      } else if constexpr (Op == operation::product) {
#if defined(__GNUC__) && !defined(__clang__)
        // g++ would round a product and the sum that it goes into at once where the machine can, and such code could
        // not be shared with a file compiled for another. In packs, whose type says the machine, it does.
        if constexpr (std::floating_point<A> && std::floating_point<B>) return __builtin_assoc_barrier(a * b);
#endif
        return result_t<A, B, decltype(a * b)>(a * b);
      } else {
        return result_t<A, B, decltype(a / b)>(a / b);
      }
    }
  }
};

}  // namespace detail

/// `sum(a, b)`: `a + b` as every algorithm of this library computes it.
///
/// It is the type's own operation, but for a quotient of built-in integers (`boost::rational<long long>`), whose own
/// operations overflow in silence, for a `std::array`, which has none, for vectors whose `scalar_traits` bring one, and
/// for floats of fewer bits than `float`, which are computed with as such.
///
/// *Arguments*: two numbers of one field, or of two that have a sum; a quotient beside an integer; two `std::array`s of
/// one type, which are added element by element, so that an array of rewards is a vector. Of two numbers of one field
/// the result is one of that field.
/// *Errors*: of quotients of built-in integers an overflow is `std::overflow_error`, and does not compile in a constant
/// expression; a type's own errors are kept.
/// *Cost*: that of the type's own operation; in a constant expression one call.
/// *Use*:
///     bellman::sum(1.5, 0.25) == 1.75 &&
///         bellman::sum(std::array{1.0, 2.0}, std::array{0.5, 0.5}) == std::array{1.5, 2.5}
inline constexpr detail::operation_fn<detail::operation::sum> sum{};

/// `difference(a, b)`: `a - b` as every algorithm of this library computes it.
///
/// *Arguments*: as those of `sum`.
/// *Errors*: of quotients of built-in integers an overflow is `std::overflow_error`, and does not compile in a constant
/// expression; a type's own errors are kept.
/// *Use*:
///     bellman::difference(boost::rational<long long>(1, 2), 1) == boost::rational<long long>(-1, 2)
inline constexpr detail::operation_fn<detail::operation::difference> difference{};

/// `product(a, b)`: `a * b` as every algorithm of this library computes it.
///
/// *Arguments*: as those of `sum`, but that b may be a `std::array`, each element of which is scaled by a.
/// *Errors*: of quotients of built-in integers an overflow is `std::overflow_error`, and does not compile in a constant
/// expression; a type's own errors are kept.
/// *Use*:
///     bellman::product(2.0, std::array{1.0, 3.0}) == std::array{2.0, 6.0}
inline constexpr detail::operation_fn<detail::operation::product> product{};

/// `quotient(a, b)`: `a / b` as every algorithm of this library computes it.
///
/// *Arguments*: two numbers of one field, or of two that have a quotient; a quotient of integers beside an integer. An
/// array has none.
/// *Errors*: of quotients of built-in integers an overflow is `std::overflow_error`, and does not compile in a constant
/// expression; a division by 0 is the type's own error.
/// *Use*:
///     bellman::quotient(boost::rational<long long>(1, 2), 3) == boost::rational<long long>(1, 6)
inline constexpr detail::operation_fn<detail::operation::quotient> quotient{};

}  // namespace bellman
