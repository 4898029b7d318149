// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bit>
#include <concepts>
#include <cstdint>
#include <limits>
#include <type_traits>

namespace bellman::internal {

static_assert(std::numeric_limits<float>::is_iec559 && std::numeric_limits<double>::is_iec559);

/// 2^k for -1022 <= k <= 1023.
constexpr double power_of_two(int k) { return std::bit_cast<double>(static_cast<std::uint64_t>(k + 1023) << 52); }

/// The base of a function of floating-point numbers: `Function::constant(x)` in a constant expression, where those of
/// <cmath> are not available, and `Function::run_time(x)` elsewhere and of a `long double`: what <cmath> has under one
/// name, whose inclusion would cost a sixth of what the whole library does.
template <class Function>
struct elementary_function {
  template <std::floating_point T>
  static constexpr T of(T const& x) {
    if constexpr (!std::same_as<T, long double>) {
      if (std::is_constant_evaluated()) return Function::constant(x);
    }
    return Function::run_time(x);
  }
};

}  // namespace bellman::internal
