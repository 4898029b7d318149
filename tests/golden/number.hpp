// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <boost/multiprecision/cpp_int.hpp>
#include <boost/rational.hpp>
#include <nlohmann/json.hpp>

#include <cmath>
#include <cstddef>
#include <stdexcept>
#include <string>
#include <utility>

namespace golden {

using json = nlohmann::json;
using integer = boost::multiprecision::cpp_int;
using exact = boost::rational<integer>;

/// A file that is not of a known layout, or says what cannot be.
struct bad_file : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// The binary fraction that a double is.
inline exact fraction_of(double x) {
  if (!std::isfinite(x)) throw bad_file("a number is not finite");
  int exponent = 0;
  auto const mantissa = static_cast<long long>(std::ldexp(std::frexp(x, &exponent), 53));
  exponent -= 53;
  integer const power = integer(1) << (exponent < 0 ? -exponent : exponent);
  return exponent < 0 ? exact(integer(mantissa), power) : exact(integer(mantissa) * power);
}

/// The nearest fraction with a denominator up to `largest`: from the convergents of the continued fraction.
inline exact nearest_fraction(exact const& x, integer const& largest = 1000000) {
  if (x.denominator() <= largest) return x;
  auto floor = [](integer const& a, integer const& b) {
    integer q = a / b;
    return integer(a % b < 0 ? q - 1 : q);
  };
  integer p0 = 0, q0 = 1, p1 = 1, q1 = 0;
  integer n = x.numerator(), d = x.denominator();
  while (true) {
    integer const a = floor(n, d);
    integer const q2 = q0 + a * q1;
    if (q2 > largest) break;
    integer const p2 = p0 + a * p1;
    p0 = std::exchange(p1, p2);
    q0 = std::exchange(q1, q2);
    integer const rest = n - a * d;
    n = std::exchange(d, rest);
  }
  integer const k = (largest - q0) / q1;
  exact const below(p0 + k * p1, q0 + k * q1);
  exact const above(p1, q1);
  auto distance = [&](exact const& y) { return y < x ? exact(x - y) : exact(y - x); };
  return distance(above) <= distance(below) ? above : below;
}

inline double to_double(exact const& x) {
  // Both parts may be beyond the range of a double, so they are cut to the same number of bits first.
  integer n = abs(x.numerator());
  integer d = x.denominator();
  if (n == 0) return 0;
  long const shift = static_cast<long>(msb(n)) - static_cast<long>(msb(d)) - 62;
  if (shift > 0) d <<= static_cast<unsigned>(shift);
  if (shift < 0) n <<= static_cast<unsigned>(-shift);
  double const magnitude = std::ldexp(static_cast<double>(integer(n / d)), static_cast<int>(shift));
  return x < 0 ? -magnitude : magnitude;
}

/// Arithmetic as it is written: numbers, `+ - * /`, parentheses and the name of one variable.
class formula {
 public:
  formula(std::string text, std::string name, exact value)
      : text_(std::move(text)), name_(std::move(name)), value_(std::move(value)) {}

  exact operator()() {
    exact const x = sum();
    skip();
    if (at_ != text_.size()) fail();
    return x;
  }

 private:
  exact sum() {
    exact x = product();
    while (true) {
      if (take('+')) {
        x += product();
      } else if (take('-')) {
        x -= product();
      } else {
        return x;
      }
    }
  }
  exact product() {
    exact x = factor();
    while (true) {
      if (take('*')) {
        x *= factor();
      } else if (take('/')) {
        exact const y = factor();
        if (y == exact(0)) throw bad_file("'" + text_ + "' divides by 0");
        x /= y;
      } else {
        return x;
      }
    }
  }
  exact factor() {
    if (take('-')) return -factor();
    if (take('(')) {
      exact const x = sum();
      if (!take(')')) fail();
      return x;
    }
    skip();
    if (!name_.empty() && text_.compare(at_, name_.size(), name_) == 0) {
      at_ += name_.size();
      return value_;
    }
    return decimal();
  }
  exact decimal() {
    std::size_t const first = at_;
    integer digits = 0;
    integer scale = 1;
    bool point = false;
    for (; at_ < text_.size(); ++at_) {
      char const c = text_[at_];
      if (c == '.' && !point) {
        point = true;
      } else if (c >= '0' && c <= '9') {
        digits = digits * 10 + (c - '0');
        if (point) scale *= 10;
      } else {
        break;
      }
    }
    if (at_ == first) fail();
    return exact(digits, scale);
  }
  void skip() {
    while (at_ < text_.size() && text_[at_] == ' ') ++at_;
  }
  bool take(char c) {
    skip();
    if (at_ == text_.size() || text_[at_] != c) return false;
    ++at_;
    return true;
  }
  [[noreturn]] void fail() const { throw bad_file("'" + text_ + "' is not a number"); }

  std::string text_;
  std::string name_;
  exact value_;
  std::size_t at_ = 0;
};

/// A number as the file writes it: an integer, a decimal, or a string such as "96/100". A decimal stands for the
/// nearest fraction with a denominator up to 10^6 when that fraction, rounded, is the decimal again.
inline exact number(json const& j) {
  if (j.is_string()) return formula(j.get<std::string>(), "", exact(0))();
  if (j.is_number_unsigned()) return exact(integer(j.get<unsigned long long>()));
  if (j.is_number_integer()) return exact(integer(j.get<long long>()));
  if (!j.is_number()) throw bad_file(j.dump() + " is not a number");
  exact const binary = fraction_of(j.get<double>());
  exact const near = nearest_fraction(binary);
  return to_double(near) == j.get<double>() ? near : binary;
}

/// A probability: a decimal always stands for the nearest fraction with a denominator up to 10^6.
inline exact probability(json const& j) { return nearest_fraction(number(j)); }

/// Whether this stands for an action that a state does not have.
inline bool is_missing(json const& j) {
  return j.is_null() || j == "NaN" || j == "-Infinity" || (j.is_number_float() && !std::isfinite(j.get<double>()));
}

}  // namespace golden
