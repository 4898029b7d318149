// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/estimation/trace_parameters.hpp>
#include <bellman/interop/boost_rational.hpp>

#include <array>

/// An answer of two own tokens with a tool's token between them, and one of padding behind.
namespace answer_with_a_tool {

using bellman::rational;

inline constexpr std::array rewards{rational(0), rational(9), rational(4), rational(9)};
inline constexpr std::array values{rational(1), rational(8), rational(2), rational(5)};
inline constexpr std::array mask{1, 0, 1, 0};
inline constexpr bellman::trace_parameters p{.gamma = rational(1, 2), .lambda = rational(1, 2)};
inline constexpr bellman::trace_parameters half{.gamma = 0.5, .lambda = 0.5};

}  // namespace answer_with_a_tool
