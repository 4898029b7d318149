// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/scalar/arithmetic.hpp>

#include <boost/rational.hpp>

#include <limits>
#include <optional>
#include <string>
#include <string_view>

namespace game24 {

/// The numbers of the game, its probabilities and its values: all of them exact.
using rational = boost::rational<long long>;

/// `3/2`, or `5` where the denominator is one.
inline std::string to_text(rational const& x) {
  std::string const numerator = std::to_string(x.numerator());
  return x.denominator() == 1 ? numerator : numerator + "/" + std::to_string(x.denominator());
}

/// Reads a text from its front. What is not there is not taken, and the text stays as it was.
class reader {
 public:
  constexpr explicit reader(std::string_view text) : rest_(text) {}

  constexpr std::string_view rest() const { return rest_; }
  constexpr bool at_end() const { return rest_.empty(); }
  constexpr char front() const { return rest_.empty() ? '\0' : rest_.front(); }

  constexpr void skip_spaces() {
    while (!rest_.empty() && (rest_.front() == ' ' || rest_.front() == '\t' || rest_.front() == '\r')) {
      rest_.remove_prefix(1);
    }
  }

  constexpr bool take(std::string_view word) {
    if (!rest_.starts_with(word)) return false;
    rest_.remove_prefix(word.size());
    return true;
  }

  /// `12` or `1.25`, without a sign. Nothing where no digit stands, or where the number does not fit into 64 bits.
  constexpr std::optional<rational> take_decimal() {
    auto const before = rest_;
    long long digits = 0;
    long long scale = 1;
    bool fits = take_digits(digits, nullptr);
    if (rest_.size() == before.size()) return std::nullopt;
    if (rest_.size() > 1 && rest_[0] == '.' && is_digit(rest_[1])) {
      rest_.remove_prefix(1);
      fits = take_digits(digits, &scale) && fits;
    }
    if (!fits) {
      rest_ = before;
      return std::nullopt;
    }
    return rational(digits, scale);
  }

 private:
  static constexpr bool is_digit(char c) { return '0' <= c && c <= '9'; }

  // Appends the digits in front to `number`, and as many zeros to `scale`; false when one of the two overflows.
  constexpr bool take_digits(long long& number, long long* scale) {
    constexpr long long largest = (std::numeric_limits<long long>::max() - 9) / 10;
    bool fits = true;
    for (; !rest_.empty() && is_digit(rest_.front()); rest_.remove_prefix(1)) {
      fits = fits && number <= largest && (scale == nullptr || *scale <= largest);
      if (!fits) continue;
      number = 10 * number + (rest_.front() - '0');
      if (scale != nullptr) *scale *= 10;
    }
    return fits;
  }

  std::string_view rest_;
};

}  // namespace game24
