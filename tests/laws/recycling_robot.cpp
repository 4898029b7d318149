// SPDX-License-Identifier: BSL-1.0
#include <bellman/interop/boost_rational.hpp>
#include <bellman/probability/distribution.hpp>

#include <vector>

#include "laws/check_laws.hpp"
#include "laws/sample.hpp"
#include "models/recycling_robot.hpp"
#include "support/catch.hpp"

namespace {

using bellman::rational;
using models::battery;
using models::deed;

constexpr auto robot = [] {
  auto const policy = [](battery s) {
    using point = bellman::weighted<deed, rational>;
    if (s == battery::high) return std::vector{point{deed::search, {2, 3}}, point{deed::wait, {1, 3}}};
    return std::vector{point{deed::search, {1, 4}}, point{deed::wait, {1, 4}}, point{deed::recharge, {1, 2}}};
  };
  std::vector const states{battery::high, battery::low};
  return laws::sample{models::recycling_robot<rational>{}, policy, states, states, states, rational(4, 5), 2};
};

}  // namespace

TEST_CASE("the recycling robot obeys the laws") { laws::check_laws<decltype(robot)>(); }
