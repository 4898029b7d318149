// SPDX-License-Identifier: BSL-1.0
#include <bellman/conventions/torchrl/returns.hpp>

#include <bellman/estimation/trace_parameters.hpp>

#include <array>
#include <cmath>
#include <span>
#include <vector>

#include "conventions/one_trajectory.hpp"
#include "support/both_times.hpp"
#include "support/catch.hpp"

namespace {

namespace conventions = bellman::conventions;

using bellman::trace_parameters;
using bellman::test::true_at_both_times;

}  // namespace

TEST_CASE("torchrl's returns of one step, of all and in between") {
  using namespace one_trajectory;
  CHECK(true_at_both_times([] {
    rational const g(1, 2);
    auto const td0 = conventions::torchrl::td0_return(next_values, rewards, ends, g);
    auto const td1 = conventions::torchrl::td1_return(next_values, rewards, done, ends, g);
    auto const mixed = conventions::torchrl::td_lambda_return(next_values, rewards, done, ends,
                                                              trace_parameters{.gamma = g, .lambda = g});
    return td0 == std::array{rational(3, 2), rational(7), rational(4), rational(4)} &&
           td1 == std::array{rational(9, 2), rational(7), rational(5), rational(4)} &&
           // 3 + 1/2 (1/2 * 2 + 1/2 * 4); 1 + 1/2 (1/2 * 1 + 1/2 * 7)
           mixed == std::array{rational(3), rational(7), rational(9, 2), rational(4)};
  }));
}

TEST_CASE("torchrl's discounts that do not roll hold for all later steps") {
  CHECK(true_at_both_times([] {
    std::array const r{1.0, 1.0, 1.0};
    std::array const next{0.0, 0.0, 16.0};
    std::array const no{false, false, false};
    std::array const gammas{0.5, 0.25, 1.0};
    auto const rolling = conventions::torchrl::td1_return(next, r, no, no, gammas);
    auto const fixed = conventions::torchrl::td1_return_not_rolling(next, r, no, no, gammas);
    auto const mixed = conventions::torchrl::td_lambda_return_not_rolling(
        next, r, no, no, trace_parameters{.gamma = std::span(gammas), .lambda = 1.0});
    // rolling: 1 + 1/2 (1 + 1/4 * 17). Not rolling, td1 takes 0 behind the recording: 1 + 1/2 + 1/4.
    return rolling == std::array{3.625, 5.25, 17.0} && fixed == std::array{1.75, 1.25, 1.0} &&
           mixed == std::array{3.75, 2.25, 17.0};
  }));
}

TEST_CASE("torchrl's reward to go forgets what counts less than 1e-7") {
  std::vector<double> const ones(40, 1.0);
  std::vector<double> const none(40, 0.0);
  auto const returns = conventions::torchrl::reward2go(ones, none, 0.5);
  CHECK(returns[0] == 2 - std::ldexp(1.0, -22));  // 23 coefficients: log(1e-7) / log(1/2) is 23.25
  CHECK(returns[39] == 1);
  CHECK(conventions::torchrl::reward2go(std::vector{1.0, 2.0, 4.0}, std::vector{0, 1, 0}, 1.0) ==
        std::vector<double>{3, 2, 4});
}
