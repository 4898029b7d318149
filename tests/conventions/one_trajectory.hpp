// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/estimation/trace_parameters.hpp>
#include <bellman/interop/boost_rational.hpp>

#include <array>

/// One trajectory of two episodes, the first cut off by a time limit in a state of value 10, the second terminated; its
/// advantages, and those of libraries to which every end is a termination.
namespace one_trajectory {

using bellman::rational;

inline constexpr std::array rewards{rational(1), rational(2), rational(3), rational(4)};
inline constexpr std::array values{rational(1, 2), rational(1), rational(3, 2), rational(2)};
inline constexpr std::array next_values{rational(1), rational(10), rational(2), rational(0)};
inline constexpr std::array done{false, true, false, true};
inline constexpr std::array ends{false, false, false, true};
inline constexpr std::array cuts{false, true, false, false};
inline constexpr std::array starts{true, false, true, false};
inline constexpr bellman::trace_parameters p{.gamma = rational(9, 10), .lambda = rational(4, 5)};

// 4 - 2; 3 + 9/10 * 2 - 3/2 + 18/25 * 2; 2 + 9/10 * 10 - 1; 1 + 9/10 - 1/2 + 18/25 * 10
inline constexpr std::array right{rational(43, 5), rational(10), rational(237, 50), rational(2)};
// Where the time limit counts as a termination: 2 - 1; 1 + 9/10 - 1/2 + 18/25 * 1
inline constexpr std::array as_terminated{rational(53, 25), rational(1), rational(237, 50), rational(2)};

}  // namespace one_trajectory
