// SPDX-License-Identifier: BSL-1.0
#include <bellman/conventions/tianshou/returns.hpp>

#include <bellman/error.hpp>

#include <array>
#include <vector>

#include "support/both_times.hpp"
#include "support/catch.hpp"

namespace {

namespace conventions = bellman::conventions;

using bellman::test::true_at_both_times;

}  // namespace

TEST_CASE("tianshou's n-step returns follow the buffer as far as an end") {
  CHECK(true_at_both_times([] {
    std::array const rew{1.0, 2.0, 4.0, 8.0};
    std::array const flags{false, true, false, false};
    // From 0 to 1, where an episode ends; from 3 around to 0 and 1; from 2 to 0.
    std::array const indices{std::array{0, 3, 2}, std::array{1, 0, 3}, std::array{1, 1, 0}};
    std::array const target{16.0, 0.0, 16.0};
    auto const returns = conventions::tianshou::n_step_returns(rew, flags, indices, target, 0.5);
    // 1 + 1 + 4; 8 + 1/2 + 1/2 + 0; 4 + 4 + 1/4 + 2
    return returns == std::array{6.0, 9.0, 10.25};
  }));
  std::vector<double> const rew{1};
  CHECK_THROWS_AS(conventions::tianshou::n_step_returns(rew, rew, std::vector<std::vector<int>>{{1}}, rew, 0.5),
                  bellman::invalid_value);
}

TEST_CASE("tianshou's Monte-Carlo returns are the discounted returns") {
  CHECK(conventions::tianshou::mc_return_to_go(std::array{1.0, 2.0, 4.0}, 0.5) == std::array{3.0, 4.0, 4.0});
}
