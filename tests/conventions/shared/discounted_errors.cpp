// SPDX-License-Identifier: BSL-1.0
#include <bellman/conventions/shared/discounted_errors.hpp>

#include <bellman/decision/ending.hpp>

#include <array>

#include "support/both_times.hpp"
#include "support/catch.hpp"

namespace {

namespace conventions = bellman::conventions;

using bellman::test::true_at_both_times;

}  // namespace

TEST_CASE("sums of errors decay by the trace of the earlier step") {
  CHECK(true_at_both_times([] {
    std::array const errors{1.0, 2.0, 4.0};
    std::array const traces{0.5, 3.0, 100.0};
    // 4; 2 + 1/2 * 3 * 4; 1 + 1/2 * 1/2 * 8
    return conventions::discounted_errors(errors, traces, bellman::terminated{}, 0.5) == std::array{3.0, 8.0, 4.0};
  }));
}
