// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/internal/refuse.hpp>
#include <bellman/internal/verdict.hpp>
#include <bellman/language/internal/decimal.hpp>
#include <bellman/language/internal/kept_text.hpp>
#include <bellman/scalar/internal/requirements.hpp>

#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

namespace bellman {

namespace refused {

struct a_number_to_be_found_is_an_integer_or_a_text {};

}  // namespace refused

namespace internal {

template <class Answer>
concept number_to_be_found = whole_number<Answer> || kept_text<Answer>;
template <class Answer>
struct a_number_to_be_found
    : rule<number_to_be_found<Answer>, refused::a_number_to_be_found_is_an_integer_or_a_text> {};

}  // namespace internal

namespace detail {

[[noreturn]] inline void the_number_to_be_found_must_be_one(std::string_view text) {
  internal::refuse("bellman: last_number_is{answer}: the answer is \"" + std::string(text) +
                   "\"; it must be a number, such as \"-1,234.5\"");
}

// The digits of an integer, the last of them at the end.
template <class N>
constexpr std::array<char, 24> digits_of(N n) {
  std::array<char, 24> digits{};
  for (char& c : digits) c = '0';
  for (std::size_t i = digits.size(); n != 0; n = static_cast<N>(n / 10)) {
    auto const digit = static_cast<int>(n % 10);  // below zero where n is
    digits[--i] = static_cast<char>('0' + (digit < 0 ? -digit : digit));
  }
  return digits;
}

}  // namespace detail

/// `last_number_is{answer}(text)`: whether the last number in a text is that one: as a number and exactly, so that
/// "3.0" is 3, and so is "3".
///
/// A number is a row of digits, with commas between groups of three, and digits behind a point; a sign, which is `+`,
/// `-` or U+2212, belongs to it unless a letter or a digit of ASCII stands before that: the last number of "10-4" is 4.
/// Exponents, fractions and other bases are not read: of "3/4" it is 4, of "1e5" 5 and of "0x10" 10.
///
/// *Arguments*: an integer, or a number as a text, which is kept as `exact_match` keeps it. A text without a number is
/// no answer.
/// *Errors*: `invalid_value` for a text that is no number. A number that may be rounded does not compile.
/// *Cost*: O(length).
/// *Use*:
///     bellman::last_number_is{18}("She makes 9 * 2 = $18.00 every day.")
template <class Answer>
class last_number_is {
 public:
  constexpr explicit last_number_is(Answer its_answer) requires internal::number_to_be_found<Answer>
      : answer_(std::move(its_answer)) {
    if constexpr (internal::kept_text<Answer>) {
      if (!internal::is_a_number(answer_)) detail::the_number_to_be_found_must_be_one(answer_);
    }
  }
  // Deleted for what is none, where all ways to make one would be listed.
  template <class Reason = typename internal::a_number_to_be_found<Answer>::type>
  requires(!internal::number_to_be_found<Answer>) constexpr explicit last_number_is(Answer) = delete;

  constexpr bool operator()(std::string_view text) const {
    auto const number = internal::last_number_in(text);
    return !number.empty() && is_answer(internal::decimal_of(number));
  }

 private:
  constexpr bool is_answer(internal::decimal const& number) const {
    if constexpr (internal::kept_text<Answer>) {
      return number == internal::decimal_of(answer_);
    } else {
      auto const digits = detail::digits_of(answer_);
      return number == internal::decimal{std::cmp_less(answer_, 0), std::string_view(digits.data(), digits.size()), {}};
    }
  }

  Answer answer_;
};

last_number_is(char const*) -> last_number_is<std::string_view>;

}  // namespace bellman
