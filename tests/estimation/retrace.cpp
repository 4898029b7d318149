// SPDX-License-Identifier: BSL-1.0
#include <bellman/estimation/retrace.hpp>

#include <bellman/decision/ending.hpp>
#include <bellman/estimation/trace_parameters.hpp>
#include <bellman/interop/boost_rational.hpp>

#include <array>

#include "support/both_times.hpp"
#include "support/catch.hpp"

namespace {

using bellman::rational;
using bellman::terminated;
using bellman::test::true_at_both_times;

constexpr std::array rewards{rational(1), rational(0), rational(-2), rational(3)};
constexpr std::array state_values{rational(1, 2), rational(2), rational(-1), rational(4)};
constexpr std::array action_values{rational(1), rational(1), rational(-1), rational(6)};
constexpr std::array ratios{rational(2), rational(1, 2), rational(3), rational(0)};
constexpr rational half(1, 2);
constexpr bellman::trace_parameters<rational> whole{.gamma = half, .lambda = rational(1)};

}  // namespace

TEST_CASE("retrace believes no difference more than once") {
  CHECK(true_at_both_times([] {
    // G_1 = (-1 + 1) / 2; G_0 = 1 + (2 + 1/2 (0 - 1)) / 2
    return bellman::retrace(rewards, state_values, action_values, ratios, terminated{}, whole) ==
           std::array{rational(7, 4), rational(0), rational(0), rational(3)};
  }));
}
