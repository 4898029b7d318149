// SPDX-License-Identifier: BSL-1.0
#include <bellman/views/windows_view.hpp>

#include <bellman/decision/ending.hpp>
#include <bellman/estimation/n_step_returns.hpp>
#include <bellman/estimation/step.hpp>
#include <bellman/estimation/td_errors.hpp>
#include <bellman/estimation/trace_parameters.hpp>
#include <bellman/interop/boost_rational.hpp>
#include <bellman/views/discounted_returns.hpp>
#include <bellman/views/lambda_returns.hpp>
#include <bellman/views/n_step_returns.hpp>
#include <bellman/views/returns_to_go.hpp>
#include <bellman/views/td_errors.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <ranges>

#include "recording.hpp"
#include "support/approx_equal.hpp"
#include "support/both_times.hpp"
#include "support/catch.hpp"

namespace {

namespace views = bellman::views;
using bellman::continues;
using bellman::rational;
using bellman::skipped;
using bellman::step;
using bellman::terminated;
using bellman::truncated;
using bellman::test::approx_equal;
using bellman::test::elements;
using bellman::test::random_recording;
using bellman::test::true_at_both_times;

}  // namespace

TEST_CASE("the windows of n steps give the n-step returns, exactly") {
  for (std::size_t n : std::array<std::size_t, 5>{1, 2, 3, 5, 40}) {
    auto const r = random_recording<rational>(30);
    rational const half(1, 2);
    CHECK(elements(r.rewards | views::n_step_returns(r.values, r.steps, n, half)) ==
          bellman::n_step_returns(r.rewards, r.values, r.steps, n, half));
  }
  auto const r = random_recording<double>(300);
  auto const expected = bellman::n_step_returns(r.rewards, r.values, r.steps, 7, 0.9);
  auto lazily = views::n_step_returns(r.rewards, r.values, r.steps, 7, 0.9);
  for (std::size_t t = 0; t < 300; ++t) {
    CHECK(approx_equal(lazily[static_cast<std::ptrdiff_t>(t)], expected[t], 1e-13));
  }
}

TEST_CASE("windows end with the episode, and look across the steps of others") {
  CHECK(true_at_both_times([] {
    std::array const rewards{1.0, 9.0, 2.0, 4.0, 9.0, 8.0};
    std::array const values{1.0, 9.0, 3.0, 5.0, 9.0, 7.0};
    std::array<step<>, 6> const steps{continues{},    skipped{}, continues{}, truncated{16.0},
                                      skipped{}, terminated{}};
    return std::ranges::equal(rewards | views::n_step_returns(values, steps, 2, 0.5),
                              std::array{1 + 1 + 1.25, 0.0, 2 + 2 + 4.0, 12.0, 0.0, 8.0}) &&
           std::ranges::equal(rewards | views::td_errors(values, steps, 0.5),
                              std::array{1 + 1.5 - 1, 0.0, 2 + 2.5 - 3, 4 + 8 - 5.0, 0.0, 8 - 7.0});
  }));
}
