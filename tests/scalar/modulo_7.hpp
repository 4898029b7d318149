// SPDX-License-Identifier: BSL-1.0
#pragma once

namespace bellman::test::modular {

/// The minimal definition of a field and nothing else: the integers modulo 7.
struct modulo_7 {
  int n = 0;
  constexpr modulo_7() = default;
  constexpr explicit modulo_7(int i) : n((i % 7 + 7) % 7) {}
  friend constexpr bool operator==(modulo_7, modulo_7) = default;
  friend constexpr modulo_7 operator+(modulo_7 a, modulo_7 b) { return modulo_7(a.n + b.n); }
  friend constexpr modulo_7 operator-(modulo_7 a, modulo_7 b) { return modulo_7(a.n - b.n); }
  friend constexpr modulo_7 operator*(modulo_7 a, modulo_7 b) { return modulo_7(a.n * b.n); }
  friend constexpr modulo_7 operator/(modulo_7 a, modulo_7 b) {
    return a * b * b * b * b * b;  // b^6 = 1
  }
  friend constexpr modulo_7 operator-(modulo_7 a) { return modulo_7(-a.n); }
};

}  // namespace bellman::test::modular
