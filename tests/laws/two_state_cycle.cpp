// SPDX-License-Identifier: BSL-1.0
#include <bellman/interop/boost_rational.hpp>
#include <bellman/probability/distribution.hpp>

#include <vector>

#include "laws/check_laws.hpp"
#include "laws/sample.hpp"
#include "models/two_state_cycle.hpp"
#include "support/catch.hpp"

namespace {

using bellman::rational;

constexpr auto four_steps_of_a_cycle = [] {
  auto const policy = [](int s) {
    using point = bellman::weighted<int, rational>;
    if (s == 0) return std::vector{point{0, {1, 5}}, point{1, {4, 5}}};
    return std::vector{point{1, {1, 1}}};
  };
  std::vector const states{0, 1};
  return laws::sample{models::two_state_cycle<rational>{}, policy, states, states, states, rational(2, 3), 4};
};

}  // namespace

TEST_CASE("the two-state cycle obeys the laws") { laws::check_laws<decltype(four_steps_of_a_cycle)>(); }
