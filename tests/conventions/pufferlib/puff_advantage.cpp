// SPDX-License-Identifier: BSL-1.0
#include <bellman/conventions/pufferlib/puff_advantage.hpp>

#include <bellman/error.hpp>

#include <array>
#include <vector>

#include "conventions/one_trajectory.hpp"
#include "support/both_times.hpp"
#include "support/catch.hpp"

namespace {

namespace conventions = bellman::conventions;

using bellman::test::true_at_both_times;

}  // namespace

TEST_CASE("PufferLib counts rewards and flags one step later and does not estimate its last step") {
  using namespace one_trajectory;
  CHECK(true_at_both_times([] {
    std::array const v{values[0], values[1], values[2], values[3], rational(7)};
    std::array const r{rational(99), rewards[0], rewards[1], rewards[2], rewards[3]};
    std::array const d{true, false, true, false, true};
    std::array const ratios{rational(1), rational(1), rational(1), rational(1), rational(1)};
    rational const one(1);
    auto const a = conventions::pufferlib::puff_advantage(v, r, d, ratios, p.gamma, p.lambda, one, one);
    auto const b = conventions::pufferlib::puff_advantage_scalar(v, r, d, ratios, p.gamma, p.lambda, one, one);
    return a == std::array{as_terminated[0], as_terminated[1], as_terminated[2], as_terminated[3], rational(0)} &&
           b == a;
  }));
}

TEST_CASE("PufferLib's loops differ where a ratio is not 1") {
  CHECK(true_at_both_times([] {
    std::array const v{2.0, 4.0};
    std::array const r{0.0, 8.0};
    std::array const d{0.0, 0.0};
    std::array const ratios{0.5, 1.0};
    // 1/2 (8 + 2 - 2), and 4 + 2 - 2
    return conventions::pufferlib::puff_advantage(v, r, d, ratios, 0.5, 1.0, 1.0, 1.0) == std::array{4.0, 0.0} &&
           conventions::pufferlib::puff_advantage_scalar(v, r, d, ratios, 0.5, 1.0, 1.0, 1.0) == std::array{4.0, 0.0} &&
           conventions::pufferlib::puff_advantage(v, r, d, ratios, 1.0, 1.0, 1.0, 1.0) == std::array{5.0, 0.0} &&
           conventions::pufferlib::puff_advantage_scalar(v, r, d, ratios, 1.0, 1.0, 1.0, 1.0) == std::array{6.0, 0.0};
  }));
}

TEST_CASE("a horizon of one step or none has no estimate") {
  std::vector<double> const none;
  std::vector<double> const one{1};
  CHECK(conventions::pufferlib::puff_advantage(none, none, none, none, 0.5, 1.0, 1.0, 1.0).empty());
  CHECK(conventions::pufferlib::puff_advantage(one, one, one, one, 0.5, 1.0, 1.0, 1.0) == std::vector<double>{0});
}

TEST_CASE("rows of two lengths are refused by pufferlib") {
  std::vector<double> const two{1, 2};
  std::vector<double> const three{1, 2, 3};
  CHECK_THROWS_AS(conventions::pufferlib::puff_advantage(two, two, three, two, 0.5, 0.5, 1.0, 1.0),
                  bellman::invalid_value);
}
