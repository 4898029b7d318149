// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/estimation/trace_parameters.hpp>
#include <bellman/interop/boost_rational.hpp>

#include <array>

#include "support/rationals.hpp"

/// Four steps that the tests of estimators work out by hand.
namespace bellman::test::four_steps {

inline constexpr std::array rewards{rational(1), rational(0), rational(-2), rational(3)};
inline constexpr std::array state_values{rational(1, 2), rational(2), rational(-1), rational(4)};
/// The same for estimators that know of no other values.
inline constexpr auto const& values = state_values;
inline constexpr std::array action_values{rational(1), rational(1), rational(-1), rational(6)};
inline constexpr std::array ratios{rational(2), rational(1, 2), rational(3), rational(0)};
inline constexpr trace_parameters<rational> whole{.gamma = half, .lambda = rational(1)};

/// A discount and a lambda that differ.
inline constexpr rational g = half;
inline constexpr rational l(2, 3);

/// Other rewards, each twice the one before.
inline constexpr std::array doubling{rational(1), rational(2), rational(4), rational(8)};

}  // namespace bellman::test::four_steps
