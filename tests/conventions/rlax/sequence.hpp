// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/interop/boost_rational.hpp>

#include <array>

/// Three actions; the second ends an episode by a discount of 0.
namespace sequence {

using bellman::rational;

inline constexpr rational half(1, 2);
inline constexpr std::array r_t{rational(1), rational(2), rational(4)};
inline constexpr std::array discount_t{half, rational(0), half};
inline constexpr std::array v_t{rational(8), rational(16), rational(6)};

}  // namespace sequence
