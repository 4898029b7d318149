// SPDX-License-Identifier: BSL-1.0
#include <bellman/conventions/openrlhf/losses.hpp>

#include <bellman/loss/ratio.hpp>
#include <bellman/loss/scope.hpp>
#include <bellman/loss/token_sum.hpp>
#include <bellman/scalar/exponential.hpp>

#include <array>

#include "support/approx_equal.hpp"
#include "support/both_times.hpp"
#include "support/catch.hpp"

namespace {

namespace openrlhf = bellman::conventions::openrlhf;

using bellman::test::approx_equal;
using bellman::test::true_at_both_times;

}  // namespace

TEST_CASE("OpenRLHF's ratios are a clamped one of tokens and a plain one of sequences; its samples count once") {
  CHECK(true_at_both_times([] {
    bellman::sampled_tokens const tokens{std::array{-30.0, -1.0}, std::array{-1.0, -1.0}, std::array{1.0, 1.0}};
    auto const mean = openrlhf::sequence_mean{}(bellman::token_sum(std::array{3.0, 5.0}));
    return openrlhf::ppo_ratio{}(tokens)(-30.0, -1.0) == bellman::exp(-20.0) &&
           approx_equal(openrlhf::gspo_ratio{}(tokens)(-30.0, -1.0), bellman::exp(-14.5), 1e-14) && mean.count == 1 &&
           approx_equal(mean.total, 4.0, 1e-8);
  }));
  STATIC_REQUIRE(bellman::ratio<openrlhf::ppo_ratio> && bellman::ratio<openrlhf::gspo_ratio> &&
                 bellman::scope_for<openrlhf::sequence_mean>);
}
