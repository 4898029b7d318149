// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/internal/describe.hpp>
#include <bellman/internal/honest_arithmetic.hpp>
#include <bellman/internal/refuse.hpp>
#include <bellman/internal/verdict.hpp>
#include <bellman/scalar/arithmetic.hpp>
#include <bellman/scalar/as_number.hpp>
#include <bellman/scalar/field.hpp>
#include <bellman/scalar/internal/requirements.hpp>
#include <bellman/scalar/is_finite.hpp>
#include <bellman/scalar/magnitude.hpp>
#include <bellman/scalar/maximum.hpp>

#include <concepts>
#include <cstddef>
#include <ranges>
#include <string>
#include <type_traits>

namespace bellman {

namespace refused {

struct what_is_compared_are_two_numbers_or_two_ranges_of_numbers {};
struct a_tolerance_must_convert_to_the_numbers_that_are_compared {};

}  // namespace refused

namespace detail {

// What two numbers are compared as: an integer beside a number as one of its type, two integers as `double`.
template <class A, class B>
struct compared {};
template <class A, class B>
requires(std::integral<A> != std::integral<B>) struct compared<A, B> {
  using type = number_t<std::conditional_t<std::integral<A>, B, A>>;
};
template <class A, class B>
requires(std::integral<A> == std::integral<B> &&
         requires { typename std::common_type_t<number_t<A>, number_t<B>>; }) struct compared<A, B> {
  using type = std::common_type_t<number_t<A>, number_t<B>>;
};

template <class A, class B>
concept comparable_numbers = internal::number<A> && internal::number<B> && requires {
  requires ordered_field<typename compared<A, B>::type>;
};
template <class A, class B>
concept comparable_ranges = std::ranges::input_range<A const> && std::ranges::input_range<B const> &&
    comparable_numbers<internal::elements_of_t<A>, internal::elements_of_t<B>>;

template <class A, class B>
struct compared_elements : compared<A, B> {};
template <class A, class B>
requires comparable_ranges<A, B>
struct compared_elements<A, B> : compared<internal::elements_of_t<A>, internal::elements_of_t<B>> {
};

template <class A, class B>
using two_numbers_or_ranges = internal::rule<(comparable_numbers<A, B> || comparable_ranges<A, B>),
                                             refused::what_is_compared_are_two_numbers_or_two_ranges_of_numbers>;
template <class T, class A, class B>
struct a_tolerance_for
    : internal::rule<(internal::number<T> &&
                      (std::convertible_to<T, typename compared_elements<A, B>::type> || std::integral<T>)),
                     refused::a_tolerance_must_convert_to_the_numbers_that_are_compared> {};

template <class C>
constexpr bool is_at_most(C const& gap, C const& allowed) {
  return gap < allowed || gap == allowed;  // of which neither is true of a NaN
}

// How far apart two finite numbers may be of which the larger has this size, and how far their halves.
struct relatively {
  template <class C>
  static constexpr C allowed(C const& size, C const& tolerance) {
    return product(tolerance, size);
  }
  // Two numbers differ by at most twice the larger.
  template <class C>
  static constexpr C allowed_of_halves(C const& half_size, C const& tolerance) {
    if (C(2) < tolerance) return product(C(2), half_size);
    return product(tolerance, half_size);
  }
  static constexpr char const* of_what = " of the larger";
};
struct absolutely {
  template <class C>
  static constexpr C allowed(C const&, C const& tolerance) {
    return tolerance;
  }
  template <class C>
  static constexpr C allowed_of_halves(C const&, C const& tolerance) {
    return quotient(tolerance, C(2));
  }
  static constexpr char const* of_what = "";
};

template <class How, class C>
constexpr bool are_close(C const& a, C const& b, C const& tolerance) {
  if (a == b) return true;
  // An infinity is near nothing but itself.
  if (!is_finite(a) || !is_finite(b)) return false;
  // A NaN allows nothing, and clang computes none in a constant expression.
  if (!(tolerance == tolerance)) return false;
  C const size = maximum(magnitude(a), magnitude(b));
  if constexpr (!is_exact_v<C>) {
    // The difference of two large numbers may be infinite, that of their halves is not.
    if (C(1) < size) {
      C const half_gap = magnitude(difference(C(quotient(a, C(2))), C(quotient(b, C(2)))));
      return detail::is_at_most(half_gap, How::template allowed_of_halves<C>(quotient(size, C(2)), tolerance));
    }
  }
  return detail::is_at_most(magnitude(difference(a, b)), How::template allowed<C>(size, tolerance));
}

template <class How, class C, class... Index>
[[noreturn]] void refuse_numbers(C const& a, C const& b, C const& tolerance, Index... index) {
  std::string where;
  ((where = "at index " + std::to_string(index) + ", "), ...);
  internal::refuse("bellman: " + where + internal::describe(a) + " and " + internal::describe(b) +
                   " must differ by at most " + internal::describe(tolerance) + How::of_what);
}
template <class C, class... Index>
[[noreturn]] void numbers_must_be_approximately_equal(C const& a, C const& b, C const& tolerance, Index... index) {
  detail::refuse_numbers<relatively>(a, b, tolerance, index...);
}
template <class C, class... Index>
[[noreturn]] void numbers_must_be_absolutely_close(C const& a, C const& b, C const& tolerance, Index... index) {
  detail::refuse_numbers<absolutely>(a, b, tolerance, index...);
}
[[noreturn]] inline void ranges_must_be_of_one_length(std::size_t shorter) {
  internal::refuse("bellman: one of two ranges has " + std::to_string(shorter) +
                   " numbers, the other more; to be compared they must have as many");
}

// By value, so that a compiler's notes of the call show the two numbers, as clang's do.
template <class How, class C, class... Index>
constexpr void compare(C a, C b, C tolerance, Index... index) {
  if (detail::are_close<How>(a, b, tolerance)) return;
  if constexpr (std::same_as<How, relatively>) {
    detail::numbers_must_be_approximately_equal(a, b, tolerance, index...);
  } else {
    detail::numbers_must_be_absolutely_close(a, b, tolerance, index...);
  }
}

template <class How>
struct close_fn {
  template <class A, class B, class T,
            class = typename internal::every<two_numbers_or_ranges<A, B>, a_tolerance_for<T, A, B>>::type::yes>
  constexpr bool operator()(A const& a, B const& b, T const& tolerance) const {
    using C = typename compared_elements<A, B>::type;
    if constexpr (comparable_numbers<A, B>) {
      return detail::are_close<How>(static_cast<C>(a), static_cast<C>(b), static_cast<C>(tolerance));
    } else {
      auto at = std::ranges::begin(a);
      auto other = std::ranges::begin(b);
      for (; at != std::ranges::end(a) && other != std::ranges::end(b); void(++at), ++other) {
        if (!(*this)(*at, *other, tolerance)) return false;
      }
      return at == std::ranges::end(a) && other == std::ranges::end(b);
    }
  }
};

template <class How>
struct must_be_close_fn {
  template <class A, class B, class T,
            class = typename internal::every<two_numbers_or_ranges<A, B>, a_tolerance_for<T, A, B>>::type::yes>
  constexpr bool operator()(A const& a, B const& b, T const& tolerance) const {
    using C = typename compared_elements<A, B>::type;
    if constexpr (comparable_numbers<A, B>) {
      detail::compare<How>(static_cast<C>(a), static_cast<C>(b), static_cast<C>(tolerance));
    } else {
      auto at = std::ranges::begin(a);
      auto other = std::ranges::begin(b);
      std::size_t index = 0;
      for (; at != std::ranges::end(a) && other != std::ranges::end(b); void(++at), void(++other), ++index) {
        detail::compare<How>(static_cast<C>(*at), static_cast<C>(*other), static_cast<C>(tolerance), index);
      }
      if (at != std::ranges::end(a) || other != std::ranges::end(b)) detail::ranges_must_be_of_one_length(index);
    }
    return true;
  }
};

}  // namespace detail

/// `approx_equal(a, b, tolerance)`: `|a - b| <= tolerance * max(|a|, |b|)`: equality of two numbers up to a relative
/// error; of two ranges, whether they have as many numbers and each pair is so.
///
/// Equal infinities are equal, a NaN equals nothing, and near zero only zero equals zero: compare a number that should
/// vanish by `absolutely_close`.
///
/// *Arguments*: two numbers of ordered fields, or two ranges of such; integers count as numbers of the other's type,
/// two of them as `double`. A tolerance that converts to them.
/// *Errors*: none.
/// *Cost*: O(n) for n numbers.
/// *Use*:
///     bellman::approx_equal(0.1 + 0.2, 0.3, 1e-15) && !bellman::approx_equal(std::array{1.0}, std::array{1.1}, 0.01)
inline constexpr detail::close_fn<detail::relatively> approx_equal{};

/// `absolutely_close(a, b, tolerance)`: `|a - b| <= tolerance`, of two numbers, or of each pair of two ranges that have
/// as many.
///
/// *Arguments*: those of `approx_equal`.
/// *Errors*: none.
/// *Cost*: O(n) for n numbers.
/// *Use*:
///     bellman::absolutely_close(0.1 + 0.2 - 0.3, 0.0, 1e-15)
inline constexpr detail::close_fn<detail::absolutely> absolutely_close{};

/// `must_be_approx_equal(a, b, tolerance)`: true where `approx_equal` is, and refused where it is not, with both
/// numbers: `static_assert(must_be_approx_equal(a, b, tolerance))` does not compile, and the compiler names
/// `numbers_must_be_approximately_equal` and shows them.
///
/// *Arguments*: those of `approx_equal`.
/// *Errors*: `invalid_value` with the two numbers, of ranges with their index, and for ranges of two lengths; in a
/// constant expression that does not compile.
/// *Cost*: O(n) for n numbers.
/// *Use*:
///     bellman::must_be_approx_equal(std::array{1.0, 2.0}, std::vector{1, 2}, 1e-9)
inline constexpr detail::must_be_close_fn<detail::relatively> must_be_approx_equal{};

/// `must_be_absolutely_close(a, b, tolerance)`: the same of `absolutely_close`.
///
/// *Arguments*: those of `approx_equal`.
/// *Errors*: those of `must_be_approx_equal`; the rule is `numbers_must_be_absolutely_close`.
/// *Cost*: O(n) for n numbers.
/// *Use*:
///     bellman::must_be_absolutely_close(0.1 + 0.2 - 0.3, 0, 1e-15)
inline constexpr detail::must_be_close_fn<detail::absolutely> must_be_absolutely_close{};

}  // namespace bellman
