// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/estimation/trace_parameters.hpp>
#include <bellman/interop/boost_rational.hpp>

#include <array>

/// Four steps that the tests of estimators work out by hand.
namespace bellman::test::four_steps {

inline constexpr std::array rewards{rational(1), rational(0), rational(-2), rational(3)};
inline constexpr std::array state_values{rational(1, 2), rational(2), rational(-1), rational(4)};
inline constexpr std::array action_values{rational(1), rational(1), rational(-1), rational(6)};
inline constexpr std::array ratios{rational(2), rational(1, 2), rational(3), rational(0)};
inline constexpr rational half(1, 2);
inline constexpr trace_parameters<rational> whole{.gamma = half, .lambda = rational(1)};

}  // namespace bellman::test::four_steps
