// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/interop/boost_rational.hpp>

#include <array>

/// What two estimates say of three actions.
namespace bellman::test::three_actions {

/// The second action is the best.
inline constexpr std::array q{rational(1), rational(4), rational(-2)};
/// The third is.
inline constexpr std::array other{rational(0), rational(1), rational(3)};

}  // namespace bellman::test::three_actions
