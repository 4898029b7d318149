// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bit>
#include <cstdint>

namespace bellman::test {

/// The upper half of a `float`, as tensor libraries have it: a user's number of 16 bits, which is stored and converted
/// and has no arithmetic of its own.
class brain_float {
 public:
  constexpr brain_float() = default;
  constexpr brain_float(float x) : bits_(rounded(std::bit_cast<std::uint32_t>(x))) {}
  constexpr operator float() const { return std::bit_cast<float>(static_cast<std::uint32_t>(bits_) << 16); }

 private:
  // To the nearest, of two that are as near to the even one.
  static constexpr std::uint16_t rounded(std::uint32_t u) {
    return static_cast<std::uint16_t>((u + 0x7fffu + (u >> 16 & 1u)) >> 16);
  }

  std::uint16_t bits_ = 0;
};

/// The compiler's own float of 16 bits, where it has one.
#if defined(__FLT16_MANT_DIG__)
using half_float = _Float16;
#else
using half_float = brain_float;
#endif

}  // namespace bellman::test
