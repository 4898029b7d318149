// SPDX-License-Identifier: BSL-1.0
#include <bellman/conventions/verl/rewards.hpp>

#include <bellman/error.hpp>
#include <bellman/interop/boost_rational.hpp>
#include <bellman/loss/kl_estimate.hpp>

#include <array>
#include <vector>

#include "support/both_times.hpp"
#include "support/catch.hpp"

namespace {

namespace verl = bellman::conventions::verl;

using bellman::rational;
using bellman::test::true_at_both_times;

}  // namespace

TEST_CASE("a penalty for the KL is taken where the mask says so") {
  CHECK(true_at_both_times([] {
    std::array const scores{rational(1), rational(2)};
    std::array const log_probs{rational(-1), rational(-1)};
    std::array const reference{rational(-2), rational(-2)};
    return verl::apply_kl_penalty(scores, log_probs, reference, std::array{1, 0}, rational(1, 2), bellman::k1) ==
           std::array{rational(1, 2), rational(2)};
  }));
  std::vector const one{0.0};
  std::vector const two{0.0, 0.0};
  CHECK(verl::apply_kl_penalty(std::array{0, 1}, std::array{-1.0, -2.0}, std::array{-1.5, -2.0}, std::array{1, 1}, 0.5,
                               bellman::k1) == std::array{-0.25, 1.0});
  CHECK_THROWS_AS(verl::apply_kl_penalty(one, two, two, two, 0.1, bellman::k1), bellman::invalid_value);
  CHECK_THROWS_AS(verl::apply_kl_penalty(two, two, two, one, 0.1, bellman::k1), bellman::invalid_value);
}
