// SPDX-License-Identifier: BSL-1.0
#include <bellman/loss/approximate_kl.hpp>

#include <bellman/error.hpp>
#include <bellman/scalar/exponential.hpp>

#include <array>
#include <limits>
#include <type_traits>
#include <vector>

#include "loss/tokens.hpp"
#include "support/approx_equal.hpp"
#include "support/both_times.hpp"
#include "support/catch.hpp"

namespace approximate_kls {

using bellman::approximate_kl;
using bellman::sampled_tokens;
using bellman::test::approx_equal;
using bellman::test::true_at_both_times;

TEST_CASE("an approximate KL is the mean of an estimate over the old policy's tokens") {
  CHECK(true_at_both_times([] {
    // log r = log 2 and 0: k3 is r - 1 - log r.
    double const log_2 = bellman::log(2.0);
    std::array const batch{sampled_tokens{std::array{-1.0 + log_2, -2.0}, std::array{-1.0, -2.0}, 1.0}};
    return approx_equal(approximate_kl(batch).value(), (1 - log_2) / 2, 1e-15) &&
           approx_equal(approximate_kl(batch, bellman::k1).value(), -log_2 / 2, 1e-15) &&
           approx_equal(approximate_kl(batch, bellman::k2).value(), log_2 * log_2 / 4, 1e-15);
  }));
}

TEST_CASE("by k1 and k3 it is the divergence of the old policy from the new one, in the mean") {
  // All tokens of a policy with the probabilities 1/2, 1/4, 1/4, as often as it takes them; the new one's are 1/4, 1/4,
  // 1/2. The divergence is 1/2 log 2 - 1/4 log 2.
  CHECK(true_at_both_times([] {
    double const a = bellman::log(0.5), b = bellman::log(0.25);
    std::array const batch{sampled_tokens{std::array{b, b, b, a}, std::array{a, a, b, b}, 1.0}};
    double const kl = bellman::log(2.0) / 4;
    return approx_equal(approximate_kl(batch).value(), kl, 1e-14) &&
           approx_equal(approximate_kl(batch, bellman::k1).value(), kl, 1e-14);
  }));
}

TEST_CASE("an approximate KL refuses what a loss refuses") {
  double const infinity = std::numeric_limits<double>::infinity();
  using row = std::vector<double>;
  CHECK_THROWS_AS(approximate_kl(std::vector{sampled_tokens{row{-1}, row{-infinity}, 1.0}}), bellman::invalid_value);
  CHECK_THROWS_AS(approximate_kl(std::vector{sampled_tokens{row{-1}, row{-1, -1}, 1.0}}), bellman::invalid_value);
  using batch = std::vector<sampled_tokens<row, row, row>>;
  STATIC_REQUIRE(std::is_invocable_v<decltype(approximate_kl), batch const&>);
  STATIC_REQUIRE_FALSE(std::is_invocable_v<decltype(approximate_kl), batch, int>);
  STATIC_REQUIRE_FALSE(std::is_invocable_v<decltype(approximate_kl), row>);
  STATIC_REQUIRE_FALSE(
      std::is_invocable_v<decltype(approximate_kl), batch, decltype(bellman::k1), decltype(bellman::k1)>);
}

}  // namespace approximate_kls
