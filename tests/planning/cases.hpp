// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/interop/boost_rational.hpp>

#include "models/recycling_robot.hpp"
#include "models/token_tree.hpp"
#include "models/two_state_cycle.hpp"
#include "support/rationals.hpp"

/// Models in exact numbers, and policies, that several tests of planning look at.
namespace bellman::test {

using cycle = ::models::two_state_cycle<rational>;
using tree = ::models::token_tree<rational>;

/// In the two-state cycle: from each state to the other.
inline constexpr auto go_round = [](int) { return 1; };

/// The recycling robot that searches when its battery is high, and recharges when it is low.
inline constexpr auto cautious = [](::models::battery s) {
  return s == ::models::battery::high ? ::models::deed::search : ::models::deed::recharge;
};

}  // namespace bellman::test
