// SPDX-License-Identifier: BSL-1.0
#include <bellman/estimation/importance_corrected_td_errors.hpp>

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
constexpr std::array ratios{rational(2), rational(1, 2), rational(3), rational(0)};
constexpr rational half(1, 2);
constexpr bellman::trace_parameters<rational> whole{.gamma = half, .lambda = rational(1)};

}  // namespace

TEST_CASE("importance-corrected TD errors are the sums of those to come, weighed by the ratios on the way") {
  CHECK(true_at_both_times([] {
    // delta = 3/2, -5/2, 1, -1: E_3 = 0, E_2 = 3 * 1, E_1 = 1/2 (-5/2 + 3/2), E_0 = 2 (3/2 - 1/4)
    return bellman::importance_corrected_td_errors(rewards, state_values, ratios, terminated{}, whole) ==
           std::array{rational(5, 2), rational(-1, 2), rational(3), rational(0)};
  }));
}
