// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/interop/boost_rational.hpp>

#include "models/recycling_robot.hpp"
#include "support/rationals.hpp"

namespace bellman::test {

using robot = ::models::recycling_robot<rational>;

/// Some values of its states.
inline constexpr auto v = [](::models::battery s) { return s == ::models::battery::high ? rational(4) : rational(-2); };

}  // namespace bellman::test
