// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/internal/refuse.hpp>

#include <compare>
#include <concepts>
#include <iosfwd>
#include <limits>
#include <stdexcept>
#include <string>

namespace bellman {

namespace detail {

// Not spelt out, so that a mistake is told in a line.
template <class Int>
concept a_checked_integer_is_built_in_and_signed = bool(std::signed_integral<Int>);

// Not constexpr, so that each mistake in a constant expression is refused under the name of the rule.
[[noreturn]] inline void checked_integer_must_not_overflow() {
  internal::refuse<std::overflow_error>("bellman::checked: the integer overflowed; use a wider one");
}
[[noreturn]] inline void checked_integer_must_not_be_divided_by_zero() {
  internal::refuse("bellman::checked: division by 0");
}

// std::in_range does not take characters.
template <std::integral To, std::integral From>
constexpr To checked_conversion(From x) {
  auto const y = static_cast<To>(x);
  if (static_cast<From>(y) != x || (y < To(0)) != (x < From(0))) checked_integer_must_not_overflow();
  return y;
}

}  // namespace detail

/// `checked<Int>`: a built-in signed integer whose overflow is an error: the same numbers, operations and order as
/// `Int`.
///
/// `boost::rational<checked<long long>>` is an exact scalar whose own operators are safe, so that it can be given to
/// code that knows nothing of this library. (Within it `boost::rational<long long>` is as safe: see `bellman::sum`.)
///
/// *Arguments*: every built-in integer converts to it, with a check; back to a built-in one only by a cast, with a
/// check.
/// *Errors*: a result outside of the range of `Int` throws `std::overflow_error`, and does not compile in a constant
/// expression; division by 0 is `invalid_value`. A value that an operation fails to change keeps its old value.
/// *Cost*: a test of the overflow flag for each operation.
/// *Use*:
///     bellman::checked<int>(7) / bellman::checked<int>(2) == bellman::checked<int>(3)
template <class Int>
requires detail::a_checked_integer_is_built_in_and_signed<Int>
class checked {
 public:
  using value_type = Int;

  constexpr checked() = default;

  template <std::integral U>
  constexpr checked(U x) : value_(detail::checked_conversion<Int>(x)) {}

  template <std::integral U>
  constexpr explicit operator U() const {
    if constexpr (std::same_as<U, bool>) {
      return value_ != 0;
    } else {
      return detail::checked_conversion<U>(value_);
    }
  }
  template <std::floating_point U>
  constexpr explicit operator U() const {
    return static_cast<U>(value_);
  }

  constexpr checked& operator+=(checked b) {
    Int result{};
    if (__builtin_add_overflow(value_, b.value_, &result)) detail::checked_integer_must_not_overflow();
    value_ = result;
    return *this;
  }
  constexpr checked& operator-=(checked b) {
    Int result{};
    if (__builtin_sub_overflow(value_, b.value_, &result)) detail::checked_integer_must_not_overflow();
    value_ = result;
    return *this;
  }
  constexpr checked& operator*=(checked b) {
    Int result{};
    if (__builtin_mul_overflow(value_, b.value_, &result)) detail::checked_integer_must_not_overflow();
    value_ = result;
    return *this;
  }
  constexpr checked& operator/=(checked b) {
    if (b.value_ == 0) detail::checked_integer_must_not_be_divided_by_zero();
    // The one quotient outside of the range is lowest / -1.
    if (b.value_ == -1) return *this = -*this;
    value_ = static_cast<Int>(value_ / b.value_);
    return *this;
  }
  constexpr checked& operator%=(checked b) {
    if (b.value_ == 0) detail::checked_integer_must_not_be_divided_by_zero();
    // lowest % -1 is 0, but the processor's division overflows.
    value_ = b.value_ == -1 ? Int(0) : static_cast<Int>(value_ % b.value_);
    return *this;
  }
  constexpr checked& operator++() { return *this += checked(1); }
  constexpr checked& operator--() { return *this -= checked(1); }
  constexpr checked operator++(int) {
    checked const before = *this;
    ++*this;
    return before;
  }
  constexpr checked operator--(int) {
    checked const before = *this;
    --*this;
    return before;
  }

  friend constexpr checked operator+(checked a) { return a; }
  friend constexpr checked operator-(checked a) { return checked() -= a; }
  friend constexpr checked operator+(checked a, checked b) { return a += b; }
  friend constexpr checked operator-(checked a, checked b) { return a -= b; }
  friend constexpr checked operator*(checked a, checked b) { return a *= b; }
  friend constexpr checked operator/(checked a, checked b) { return a /= b; }
  friend constexpr checked operator%(checked a, checked b) { return a %= b; }

  friend bool operator==(checked, checked) = default;
  friend auto operator<=>(checked, checked) = default;

  friend constexpr checked abs(checked a) { return a.value_ < 0 ? -a : a; }

  /// The decimal digits.
  std::string str() const { return std::to_string(value_); }

  // boost::rational's own text needs them.
  template <class Char, class Traits>
  friend std::basic_ostream<Char, Traits>& operator<<(std::basic_ostream<Char, Traits>& out, checked a) {
    return out << a.value_;
  }
  template <class Char, class Traits>
  friend std::basic_istream<Char, Traits>& operator>>(std::basic_istream<Char, Traits>& in, checked& a) {
    return in >> a.value_;
  }

 private:
  Int value_ = 0;
};

}  // namespace bellman

// Generic code over integers, such as boost::rational, asks here what the type is.
template <std::signed_integral Int>
class std::numeric_limits<bellman::checked<Int>> : public std::numeric_limits<Int> {
  using base = std::numeric_limits<Int>;

 public:
  static constexpr bool is_modulo = false;
  static constexpr bellman::checked<Int> (min)() noexcept { return (base::min)(); }
  static constexpr bellman::checked<Int> (max)() noexcept { return (base::max)(); }
  static constexpr bellman::checked<Int> lowest() noexcept { return base::lowest(); }
  static constexpr bellman::checked<Int> epsilon() noexcept { return base::epsilon(); }
  static constexpr bellman::checked<Int> round_error() noexcept { return base::round_error(); }
  static constexpr bellman::checked<Int> infinity() noexcept { return base::infinity(); }
  static constexpr bellman::checked<Int> quiet_NaN() noexcept { return base::quiet_NaN(); }
  static constexpr bellman::checked<Int> signaling_NaN() noexcept { return base::signaling_NaN(); }
  static constexpr bellman::checked<Int> denorm_min() noexcept { return base::denorm_min(); }
};
