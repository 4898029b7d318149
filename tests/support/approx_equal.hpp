// SPDX-License-Identifier: BSL-1.0
#pragma once

namespace bellman::test {

/// `|a - b| <= tolerance * max(|a|, |b|)`: equality of two numbers up to a relative error, in a constant expression
/// too. Equal infinities are equal, a NaN equals nothing, and near zero only zero equals zero: compare a number that
/// should vanish with `absolutely_close`.
template <class T>
constexpr bool approx_equal(T a, T b, T tolerance) {
  if (a == b) return true;
  T const size_a = a < T(0) ? T(-a) : a;
  T const size_b = b < T(0) ? T(-b) : b;
  T const size = size_a < size_b ? size_b : size_a;
  if (size - size != T(0)) return false;  // an infinity is near nothing but itself
  T const gap = a < b ? T(b - a) : T(a - b);
  return gap <= tolerance * size;
}

/// `|a - b| <= tolerance`.
template <class T>
constexpr bool absolutely_close(T a, T b, T tolerance) {
  if (a == b) return true;
  return a < b ? T(b - a) <= tolerance : T(a - b) <= tolerance;
}

}  // namespace bellman::test
