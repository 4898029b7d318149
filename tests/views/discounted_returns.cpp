// SPDX-License-Identifier: BSL-1.0
#include <bellman/views/discounted_returns.hpp>

#include <bellman/decision/ending.hpp>
#include <bellman/estimation/discounted_returns.hpp>
#include <bellman/estimation/trace_parameters.hpp>
#include <bellman/views/lambda_returns.hpp>
#include <bellman/views/n_step_returns.hpp>
#include <bellman/views/returns_to_go.hpp>
#include <bellman/views/td_errors.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <ranges>

#include "recording.hpp"
#include "support/approx_equal.hpp"
#include "support/catch.hpp"

namespace {

namespace views = bellman::views;
using bellman::truncated;
using bellman::test::approx_equal;
using bellman::test::lengths;
using bellman::test::random_recording;

}  // namespace

TEMPLATE_TEST_CASE("discounted returns are those of the eager form", "", float, double) {
  TestType const unit = std::numeric_limits<TestType>::epsilon();
  for (std::size_t n : lengths) {
    auto const r = random_recording<TestType>(n);
    // Powers of two are not rounded, others in whatever order.
    auto const halved = r.rewards | std::views::take(20);
    CHECK(std::ranges::equal(halved | views::discounted_returns(0.5), bellman::discounted_returns(halved, 0.5)));
    auto const expected = bellman::discounted_returns(r.rewards, truncated{3.0}, 0.9);
    auto lazily = r.rewards | views::discounted_returns(truncated{3.0}, 0.9);
    CHECK(std::ranges::equal(lazily, expected,
                             [&](TestType a, TestType b) { return approx_equal(a, b, 8 * unit); }));
  }
}
