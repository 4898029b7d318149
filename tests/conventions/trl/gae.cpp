// SPDX-License-Identifier: BSL-1.0
#include <bellman/conventions/trl/gae.hpp>

#include <bellman/estimation/trace_parameters.hpp>

#include <algorithm>
#include <array>

#include "support/both_times.hpp"
#include "support/catch.hpp"

namespace {

namespace trl = bellman::conventions::trl;

using bellman::trace_parameters;
using bellman::test::true_at_both_times;

}  // namespace

TEST_CASE("TRL's PPO takes the slot behind an answer for a step with a value of its own") {
  CHECK(true_at_both_times([] {
    std::array const r{0.0, 0.0, 4.0, 0.0};  // the score stands behind the answer
    std::array const v{1.0, 2.0, 3.0, 9.0};
    auto const [a, G] = trl::gae(r, v, 2, trace_parameters{.gamma = 0.5, .lambda = 0.5});
    // 4 - 3; 0 + 3/2 - 2 + 1/4 * 1; 0 + 1 - 1 + 1/4 * -1/4
    return std::ranges::equal(trl::kept_values(v, 2), std::array{1.0, 2.0, 3.0, 0.0}) &&
           a == std::array{-0.0625, -0.25, 1.0, 0.0} && G == std::array{0.9375, 1.75, 4.0, 0.0} &&
           std::ranges::equal(trl::padding(2, 4), std::array{false, false, true, true}) &&
           std::ranges::equal(trl::kept_values(v, 4), v);
  }));
}
