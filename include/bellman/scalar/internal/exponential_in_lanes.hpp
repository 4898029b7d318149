// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>

namespace bellman::internal {

/// `exponential_in_lanes<Width>(x)`: `e^x` of `Width` floats in a register, within 1 unit in the last place, subnormal
/// results included, without a branch. With `k = round(x / ln 2)` and `r = x - k ln 2` it is `2^k e^r`, `|r| <= (ln 2) /
/// 2`: ln 2 is in two parts, of which the first times any k is exact; `(e^r - 1 - r) / r^2` is interpolated at the six
/// zeros of the Chebyshev polynomial, to 2^-30 of the result; and 2^k is in two factors, of which none leaves the range.
/// A NaN stays one.
template <std::size_t Width, class Lanes>
[[gnu::always_inline]] inline Lanes exponential_in_lanes(Lanes const& x) {
  typedef std::int32_t whole __attribute__((vector_size(Width * sizeof(float))));
  constexpr float shift = 12582912.0f;  // 1.5 2^23: what is added to it is rounded to an integer
  Lanes const most = Lanes{} + 88.8f;
  Lanes const least = Lanes{} - 104.0f;
  Lanes y = most < x ? most : x;
  y = y < least ? least : y;
  Lanes const shifted = y * 0x1.715476p+0f + shift;
  Lanes const k = shifted - shift;
  Lanes const high = y - k * 0x1.63p-1f;
  Lanes const low = k * 0x1.bd0106p-13f;
  Lanes const r = high + low;
  // In pairs, which do not wait for each other.
  Lanes const square = r * r;
  Lanes p = (r * 0x1.a12528p-13f + 0x1.6d4362p-10f) * square + (r * 0x1.1110ep-7f + 0x1.5554e8p-5f);
  p = p * square + (r * 0x1.555556p-3f + 0.5f);
  p = (high + (p * square + low)) + 1.0f;  // the small parts first
  whole const n = std::bit_cast<whole>(shifted) - 0x4b400000;
  whole const half = n >> 1;
  whole const first = (half + 127) << 23;
  whole const second = (n - half + 127) << 23;
  return p * std::bit_cast<Lanes>(first) * std::bit_cast<Lanes>(second);
}

}  // namespace bellman::internal
