// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/language/internal/kept_text.hpp>

#include <cstddef>
#include <string_view>

namespace bellman::internal {

/// Whether a character is a letter or a digit of ASCII.
constexpr bool is_of_a_word(char c) {
  return internal::is_a_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/// How many bytes the sign has with which a text begins, if it does: `+`, `-` or U+2212.
constexpr std::size_t sign_of(std::string_view text) {
  if (text.starts_with('+') || text.starts_with('-')) return 1;
  return text.starts_with("\xE2\x88\x92") ? 3 : 0;
}
/// How many bytes the sign has that ends before `at`.
constexpr std::size_t sign_before(std::string_view text, std::size_t at) {
  for (std::size_t const size : {std::size_t{1}, std::size_t{3}}) {
    if (size <= at && internal::sign_of(text.substr(at - size, size)) == size) return size;
  }
  return 0;
}

/// How many characters from `at` on are digits.
constexpr std::size_t digits_from(std::string_view text, std::size_t at) {
  std::size_t n = 0;
  while (at + n < text.size() && internal::is_a_digit(text[at + n])) ++n;
  return n;
}

/// The end of the whole number whose first digit stands at `at`: digits, or groups of three behind commas.
constexpr std::size_t end_of_whole(std::string_view text, std::size_t at) {
  std::size_t const first = internal::digits_from(text, at);
  std::size_t end = at + first;
  if (first > 3) return end;
  while (end < text.size() && text[end] == ',' && internal::digits_from(text, end + 1) == 3) end += 4;
  return end;
}

/// The end of the number that has its first digit at `at`, or the point before that.
constexpr std::size_t end_of_number(std::string_view text, std::size_t at) {
  std::size_t const whole = internal::end_of_whole(text, at);
  if (whole == text.size() || text[whole] != '.') return whole;
  std::size_t const places = internal::digits_from(text, whole + 1);
  return places == 0 ? whole : whole + 1 + places;
}

/// A number as it is written: the digits before the point, commas among them, and those behind.
struct decimal {
  bool negative = false;
  std::string_view whole{};
  std::string_view places{};

  constexpr bool is_zero() const { return decimal::all_zero(whole) && decimal::all_zero(places); }

  /// Whether two are the same number, however they are written.
  friend constexpr bool operator==(decimal const& a, decimal const& b) {
    if (!decimal::same_whole(a.whole, b.whole) || !decimal::same_places(a.places, b.places)) return false;
    return a.negative == b.negative || a.is_zero();
  }

 private:
  static constexpr bool all_zero(std::string_view digits) {
    for (char const c : digits) {
      if (c != '0' && c != ',') return false;
    }
    return true;
  }
  // From the last digit on; where one of them has no more, the other has zeros.
  static constexpr bool same_whole(std::string_view a, std::string_view b) {
    while (!a.empty() && !b.empty()) {
      if (a.back() == ',') {
        a.remove_suffix(1);
      } else if (b.back() == ',') {
        b.remove_suffix(1);
      } else {
        if (a.back() != b.back()) return false;
        a.remove_suffix(1);
        b.remove_suffix(1);
      }
    }
    return decimal::all_zero(a) && decimal::all_zero(b);
  }
  static constexpr bool same_places(std::string_view a, std::string_view b) {
    std::size_t const shared = a.size() < b.size() ? a.size() : b.size();
    return a.substr(0, shared) == b.substr(0, shared) && decimal::all_zero(a.substr(shared)) &&
           decimal::all_zero(b.substr(shared));
  }
};

/// The number that is all of a text of digits, commas and a point, with or without a sign.
constexpr decimal decimal_of(std::string_view number) {
  decimal d;
  std::size_t const sign = internal::sign_of(number);
  d.negative = sign > 0 && number.front() != '+';
  number.remove_prefix(sign);
  std::size_t const point = number.find('.');
  d.whole = number.substr(0, point);
  if (point != std::string_view::npos) d.places = number.substr(point + 1);
  return d;
}

/// The last number in a text as it is written, or an empty text where there is none.
constexpr std::string_view last_number_in(std::string_view text) {
  std::string_view last;
  for (std::size_t i = 0; i < text.size(); ++i) {
    bool const point = text[i] == '.' && internal::digits_from(text, i + 1) > 0;
    if (!point && !internal::is_a_digit(text[i])) continue;
    std::size_t const end = internal::end_of_number(text, i);
    // A sign that stands behind a letter or a digit is a hyphen or a minus between two numbers.
    std::size_t const before = i - internal::sign_before(text, i);
    std::size_t const begin = before == 0 || !internal::is_of_a_word(text[before - 1]) ? before : i;
    last = text.substr(begin, end - begin);
    i = end - 1;
  }
  return last;
}

/// Whether all of a text is one number.
constexpr bool is_a_number(std::string_view text) {
  text.remove_prefix(internal::sign_of(text));
  if (text.empty() || !(internal::is_a_digit(text.front()) || text.front() == '.')) return false;
  bool const has_a_digit = text.front() != '.' || internal::digits_from(text, 1) > 0;
  return has_a_digit && internal::end_of_number(text, 0) == text.size();
}

}  // namespace bellman::internal
