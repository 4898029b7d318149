// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstdint>

namespace estimators {

/// A number of the field with 2^61 - 1 elements: a half is one of them, nothing is ever rounded and nothing overflows,
/// so that `==` proves an identity over paths of any length, but for one chance in some 2^50. Eighths near zero are
/// ordered as they should be; no others are compared.
class residue {
 public:
  constexpr residue() = default;
  constexpr explicit residue(int n)
      : x_(n < 0 ? prime - static_cast<std::uint64_t>(-static_cast<std::int64_t>(n)) : static_cast<std::uint64_t>(n)) {}

  friend constexpr bool operator==(residue, residue) = default;
  friend constexpr bool operator<(residue a, residue b) { return a.eighths() < b.eighths(); }
  friend constexpr residue operator+(residue a, residue b) { return of(a.x_ + b.x_); }
  friend constexpr residue operator-(residue a, residue b) { return of(a.x_ + (prime - b.x_)); }
  friend constexpr residue operator-(residue a) { return of(prime - a.x_); }
  friend constexpr residue operator*(residue a, residue b) { return of(wide(a.x_) * b.x_); }
  friend constexpr residue operator/(residue a, residue b) {
    // b^(p - 2) is the inverse of b.
    for (std::uint64_t power = prime - 2; power > 0; power /= 2, b = b * b) {
      if (power % 2 == 1) a = a * b;
    }
    return a;
  }

 private:
  __extension__ using wide = unsigned __int128;
  static constexpr std::uint64_t prime = (std::uint64_t{1} << 61) - 1;

  static constexpr residue of(wide x) {
    residue r;
    r.x_ = static_cast<std::uint64_t>(x % prime);
    return r;
  }
  constexpr std::int64_t eighths() const {
    std::uint64_t const x = (*this * residue(8)).x_;
    return x > prime / 2 ? -static_cast<std::int64_t>(prime - x) : static_cast<std::int64_t>(x);
  }

  std::uint64_t x_ = 0;
};

}  // namespace estimators
