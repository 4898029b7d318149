// SPDX-License-Identifier: BSL-1.0
#include <bellman/conventions/openrlhf/rewards.hpp>

#include <bellman/error.hpp>
#include <bellman/interop/boost_rational.hpp>

#include <array>
#include <vector>

#include "support/both_times.hpp"
#include "support/catch.hpp"

namespace {

namespace openrlhf = bellman::conventions::openrlhf;

using bellman::rational;
using bellman::test::true_at_both_times;

}  // namespace

TEST_CASE("a reward is paid at the last flag, less the KL everywhere") {
  CHECK(true_at_both_times([] {
    std::array const kl{rational(1), rational(2), rational(3)};
    rational const beta(1, 10);
    return openrlhf::compute_reward(rational(5), beta, kl, std::array{1, 1, 0}) ==
               std::array{rational(-1, 10), rational(24, 5), rational(-3, 10)} &&
           openrlhf::compute_reward(rational(5), beta, kl, std::array{0, 0, 0})[2] == rational(47, 10) &&
           openrlhf::compute_reward(rational(5), -beta, kl, std::array{1, 0, 0}) ==
               std::array{rational(5), rational(0), rational(0)};
  }));
  CHECK_THROWS_AS(openrlhf::compute_reward(1.0, 0.1, std::vector{0.0}, std::vector{1, 1}), bellman::invalid_value);
  CHECK_THROWS_AS(openrlhf::compute_reward(1.0, 0.1, std::vector<double>{}, std::vector<int>{}),
                  bellman::invalid_value);
}
