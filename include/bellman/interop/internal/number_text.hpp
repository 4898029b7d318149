// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/internal/describe.hpp>
#include <bellman/planning/state_index.hpp>
#include <bellman/scalar/internal/parts.hpp>
#include <bellman/scalar/is_finite.hpp>
#include <bellman/scalar/scalar_traits.hpp>

#include <charconv>
#include <concepts>
#include <cstddef>
#include <limits>
#include <locale>
#include <optional>
#include <sstream>
#include <string>
#include <string_view>
#include <system_error>
#include <type_traits>
#include <utility>

namespace bellman::internal {

constexpr bool is_digit(char c) { return '0' <= c && c <= '9'; }
constexpr bool is_letter(char c) { return ('a' <= c && c <= 'z') || ('A' <= c && c <= 'Z'); }
constexpr bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\v' || c == '\f'; }

constexpr std::string_view without_blanks_around(std::string_view text) {
  while (!text.empty() && internal::is_blank(text.front())) text.remove_prefix(1);
  while (!text.empty() && internal::is_blank(text.back())) text.remove_suffix(1);
  return text;
}

/// Whether a text is a decimal: digits with a point, a sign before and an exponent behind them.
constexpr bool is_decimal(std::string_view text) {
  std::size_t i = 0;
  std::size_t digits = 0;
  auto const at = [&](char c) { return i < text.size() && text[i] == c; };
  auto const skip_digits = [&] {
    for (; i < text.size() && internal::is_digit(text[i]); ++i) ++digits;
  };
  if (at('-') || at('+')) ++i;
  skip_digits();
  if (at('.')) ++i;
  skip_digits();
  if (digits == 0) return false;
  if (!at('e') && !at('E')) return i == text.size();
  ++i;
  if (at('-') || at('+')) ++i;
  digits = 0;
  skip_digits();
  return digits > 0 && i == text.size();
}

/// Whether a text is a number of whatever size: a decimal, or a fraction of two.
constexpr bool is_number(std::string_view text) {
  text = internal::without_blanks_around(text);
  std::size_t const slash = text.find('/');
  if (slash == std::string_view::npos) return internal::is_decimal(text);
  std::string_view const below = text.substr(slash + 1);
  std::size_t const digit = below.find_first_of("123456789");
  bool const is_zero = digit == std::string_view::npos || digit > below.find_first_of("eE");
  return internal::is_decimal(text.substr(0, slash)) && internal::is_decimal(below) && !is_zero;
}

/// Whether a decimal that is not 0 lies below 1: by the place of its first digit that is not 0, and by its exponent.
constexpr bool is_below_one(std::string_view text) {
  constexpr long long most = 1'000'000'000'000;  // letters of a number
  std::size_t const e = text.find_first_of("eE");
  long long order = 0;
  if (e != std::string_view::npos) {
    bool const negative = text[e + 1] == '-';
    for (char c : text.substr(e + 1)) {
      if (internal::is_digit(c) && order < most) order = 10 * order + (c - '0');
    }
    if (negative) order = -order;
  }
  bool behind_point = false;
  bool begun = false;
  for (char c : text.substr(0, e)) {
    if (c == '.') behind_point = true;
    begun = begun || ('1' <= c && c <= '9');
    if (internal::is_digit(c) && begun && !behind_point) ++order;
    if (c == '0' && !begun && behind_point) --order;
  }
  return order <= 0;
}

/// `index_in_text(text)`: the number of a state or an action, from 0 on, that a text is; nothing for other texts.
inline std::optional<index_t> index_in_text(std::string_view text) {
  index_t i = 0;
  auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), i);
  bool const whole = !text.empty() && error == std::errc{} && end == text.data() + text.size();
  return whole && i < no_index - 1 ? std::optional<index_t>(i) : std::nullopt;
}

template <std::floating_point T>
std::optional<T> floating_of_decimal(std::string_view text) {
  if (!internal::is_decimal(text)) return std::nullopt;
  if (text.front() == '+') text.remove_prefix(1);
  T x{};
  auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), x);
  if (error == std::errc::result_out_of_range) {
    if (!internal::is_below_one(text)) return std::nullopt;
    // Subnormal or 0: std::from_chars does not say which of a long double, a stream does.
    std::istringstream in{std::string(text)};
    in.imbue(std::locale::classic());
    in >> x;
    return x;
  }
  return error == std::errc{} && end == text.data() + text.size() && is_finite(x) ? std::optional<T>(x) : std::nullopt;
}

// The most digits of a decimal that is read exactly, and the most zeros that an exponent stands for: whoever writes
// 1e999999999 shall not have a number of a billion digits.
inline constexpr int most_exact_digits = 400;

/// `value / 10^decimals` as it was written.
template <class Int>
struct exact_decimal {
  Int value;
  int decimals;
};

template <class Int>
bool multiply(Int& x, int by) {
  if constexpr (std::integral<Int>) {
    return !__builtin_mul_overflow(x, static_cast<Int>(by), &x);
  } else {
    x *= by;
    return true;
  }
}
template <class Int>
bool append_digit(Int& x, int digit) {
  if (!internal::multiply(x, 10)) return false;
  if constexpr (std::integral<Int>) {
    return !__builtin_add_overflow(x, static_cast<Int>(digit), &x);
  } else {
    x += digit;
    return true;
  }
}

template <class Int>
std::optional<exact_decimal<Int>> exact_of_decimal(std::string_view text) {
  if (!internal::is_decimal(text)) return std::nullopt;
  bool const negative = text.front() == '-';
  std::string_view mantissa = text.substr(0, text.find_first_of("eE"));
  int exponent = 0;
  if (mantissa.size() < text.size()) {
    std::string_view digits = text.substr(mantissa.size() + 1);
    bool const below_one = digits.front() == '-';
    if (!internal::is_digit(digits.front())) digits.remove_prefix(1);
    for (char c : digits) {
      exponent = 10 * exponent + (c - '0');
      if (exponent > most_exact_digits) return std::nullopt;
    }
    if (below_one) exponent = -exponent;
  }
  // Zeros behind the last digit say nothing, and must not overflow.
  if (mantissa.find('.') != std::string_view::npos) {
    while (mantissa.back() == '0') mantissa.remove_suffix(1);
  }
  Int value(0);
  int decimals = 0;
  int digits = 0;
  bool behind_point = false;
  for (char c : mantissa) {
    if (c == '.') behind_point = true;
    if (!internal::is_digit(c)) continue;
    if (value != Int(0) && ++digits > most_exact_digits) return std::nullopt;
    if (!internal::append_digit(value, c - '0')) return std::nullopt;
    if (behind_point && ++decimals > most_exact_digits) return std::nullopt;
  }
  decimals -= exponent;
  if (value == Int(0)) decimals = 0;
  for (; decimals < 0; ++decimals) {
    if (!internal::multiply(value, 10)) return std::nullopt;
  }
  return exact_decimal<Int>{negative ? Int(-value) : value, decimals};
}

/// `number_in_text<R>(text)`: the number that a text is: a decimal, a fraction `a/b` of two, and for an interval also
/// `[lower, upper]` of two such. Nothing for other texts and for what R cannot hold: infinities and NaN, what would be
/// infinite in R, and what an exact number of R's size is not. Floating point is rounded to the nearest, which is 0 or
/// subnormal for what is that small. An exact R has to be a quotient of integers, so that nothing is rounded; other
/// numbers that round as coarsely as double are made of one; a number with derivatives is made of its value. The text is
/// read by itself, whatever the locale.
template <class R>
std::optional<R> number_in_text(std::string_view text) {
  text = internal::without_blanks_around(text);
  std::size_t const slash = text.find('/');
  if constexpr (has_bounds<R>) {
    using T = std::remove_cvref_t<decltype(scalar_traits<R>::lower(std::declval<R const&>()))>;
    if (text.empty() || text.front() != '[') {
      std::optional<T> const x = internal::number_in_text<T>(text);
      return x ? std::optional<R>(R(*x)) : std::nullopt;
    }
    std::size_t const comma = text.find(',');
    if (comma == std::string_view::npos || text.back() != ']') return std::nullopt;
    std::optional<T> const lower = internal::number_in_text<T>(text.substr(1, comma - 1));
    std::optional<T> const upper = internal::number_in_text<T>(text.substr(comma + 1, text.size() - comma - 2));
    return lower && upper && !(*upper < *lower) ? std::optional<R>(R(*lower, *upper)) : std::nullopt;
  } else if constexpr (is_quotient<R>) {
    using Int = std::remove_cvref_t<decltype(scalar_traits<R>::numerator(std::declval<R const&>()))>;
    auto numerator = internal::exact_of_decimal<Int>(text.substr(0, slash));
    if (!numerator) return std::nullopt;
    exact_decimal<Int> denominator{Int(1), 0};
    if (slash != std::string_view::npos) {
      auto const below = internal::exact_of_decimal<Int>(text.substr(slash + 1));
      if (!below || below->value == Int(0)) return std::nullopt;
      denominator = *below;
    }
    for (; numerator->decimals > denominator.decimals; ++denominator.decimals) {
      if (!internal::multiply(denominator.value, 10)) return std::nullopt;
    }
    for (; numerator->decimals < denominator.decimals; ++numerator->decimals) {
      if (!internal::multiply(numerator->value, 10)) return std::nullopt;
    }
    return R(numerator->value, denominator.value);
  } else if constexpr (std::floating_point<R>) {
    std::optional<R> const x = internal::floating_of_decimal<R>(text.substr(0, slash));
    if (!x || slash == std::string_view::npos) return x;
    std::optional<R> const y = internal::floating_of_decimal<R>(text.substr(slash + 1));
    if (!y || *y == R(0)) return std::nullopt;
    R const q = *x / *y;
    return is_finite(q) ? std::optional<R>(q) : std::nullopt;
  } else if constexpr (has_derivatives<R>) {
    using T = std::remove_cvref_t<decltype(scalar_traits<R>::value(std::declval<R const&>()))>;
    std::optional<T> const x = internal::number_in_text<T>(text);
    return x ? std::optional<R>(R(*x)) : std::nullopt;
  } else {
    static_assert(!scalar_traits<R>::is_exact,
                  "bellman: exact numbers are read from a text as quotients; say scalar_traits<R>::numerator(x) and "
                  "denominator(x)");
    static_assert(
        std::constructible_from<R, double> && std::numeric_limits<R>::digits <= std::numeric_limits<double>::digits,
        "bellman: these numbers cannot be read from a text: they are made of no double, or are finer");
    std::optional<double> const x = internal::number_in_text<double>(text);
    return x ? std::optional<R>(R(*x)) : std::nullopt;
  }
}

/// `text_of(x)`: a number as `number_in_text` reads it, to the last bit.
template <class R>
std::string text_of(R const& x) {
  if constexpr (has_bounds<R>) {
    return "[" + internal::text_of(scalar_traits<R>::lower(x)) + ", " + internal::text_of(scalar_traits<R>::upper(x)) +
           "]";
  } else if constexpr (is_quotient<R>) {
    std::string const numerator = internal::describe(scalar_traits<R>::numerator(x));
    std::string const denominator = internal::describe(scalar_traits<R>::denominator(x));
    return denominator == "1" ? numerator : numerator + "/" + denominator;
  } else if constexpr (std::floating_point<R>) {
    char text[128];
    auto const [end, error] = std::to_chars(text, text + sizeof text, x);
    return std::string(text, error == std::errc{} ? end : text);
  } else {
    return internal::describe(x);
  }
}

}  // namespace bellman::internal
