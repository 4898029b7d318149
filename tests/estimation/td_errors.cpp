// SPDX-License-Identifier: BSL-1.0
#include <bellman/estimation/td_errors.hpp>

#include <bellman/decision/ending.hpp>
#include <bellman/estimation/step.hpp>
#include <bellman/interop/boost_rational.hpp>
#include <bellman/planning/state_value.hpp>
#include <bellman/value/discount.hpp>

#include <array>
#include <cstddef>
#include <span>

#include "estimation/four_steps.hpp"
#include "models/path.hpp"
#include "support/both_times.hpp"
#include "support/catch.hpp"
#include "support/rationals.hpp"

namespace {

using bellman::rational;
using bellman::skipped;
using bellman::td_errors;
using bellman::terminated;
using bellman::truncated;
using bellman::test::four_steps::rewards;
using bellman::test::four_steps::values;
using bellman::test::half;
using bellman::test::true_at_both_times;

}  // namespace

TEST_CASE("a TD error is what the next state and the reward say more than the value") {
  CHECK(true_at_both_times([] {
    // 1 + 2/2 - 1/2, 0 - 1/2 - 2, -2 + 4/2 + 1, 3 - 4
    return td_errors(rewards, values, terminated{}, half) ==
               std::array{rational(3, 2), rational(-5, 2), rational(1), rational(-1)} &&
           td_errors(rewards, values, truncated{rational(6)}, half)[3] == rational(2);
  }));
}

TEST_CASE("there are no TD errors where the Bellman equation holds") {
  CHECK(true_at_both_times([] {
    models::path const env{rewards};
    auto const v = bellman::state_value(
        env, [](std::size_t) { return 0; }, half);
    std::array const exact{v(0), v(1), v(2), v(3)};
    std::array const nothing{rational(0), rational(0), rational(0), rational(0)};
    return td_errors(rewards, exact, terminated{}, half) == nothing;
  }));
}

TEST_CASE("the next state of a TD error is that of the next own step, within the episode") {
  CHECK(true_at_both_times([] {
    using step = bellman::step<rational>;
    std::array const steps{step{}, step(skipped{}), step(truncated{rational(8)}), step(terminated{})};
    // 1 - 1/2 - 1/2, skipped, -2 + 8/2 + 1, 3 - 4
    return td_errors(rewards, values, steps, half) == std::array{rational(0), rational(0), rational(3), rational(-1)};
  }));
}

TEST_CASE("the discount of a TD error may be one for all or one for each, checked before or now") {
  CHECK(true_at_both_times([] {
    std::array const discounts{rational(1), rational(0), half, rational(1)};
    return td_errors(rewards, values, terminated{}, std::span(discounts)) ==
               std::array{rational(5, 2), rational(-2), rational(1), rational(-1)} &&
           td_errors(rewards, values, terminated{}, bellman::discount(half)) ==
               td_errors(rewards, values, terminated{}, half) &&
           td_errors(rewards, values, terminated{}, 1) ==
               std::array{rational(5, 2), rational(-3), rational(3), rational(-1)};
  }));
}
