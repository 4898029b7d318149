// SPDX-License-Identifier: BSL-1.0
#include <bellman/conventions/shared/mean_with_epsilon.hpp>

#include <bellman/loss/token_sum.hpp>

#include <array>

#include "support/both_times.hpp"
#include "support/catch.hpp"

namespace {

using bellman::batch_mean;
using bellman::token_mean;
using bellman::token_sum;
using bellman::conventions::mean_with_epsilon;
using bellman::conventions::sequence_mean_with_epsilon;
using bellman::test::true_at_both_times;

}  // namespace

TEST_CASE("a mean with an epsilon is 0 of nothing, and elsewhere a little less than the mean") {
  CHECK(mean_with_epsilon(batch_mean<token_mean, double>{}) == 0.0);
  CHECK(true_at_both_times([] {
    auto const tokens = token_sum(std::array{3.0, 5.0});
    return mean_with_epsilon(tokens) == 8.0 / (2 + 1e-8) && mean_with_epsilon(tokens) < tokens.value();
  }));
}

TEST_CASE("the mean of a sequence with an epsilon is one term, and none of no token") {
  CHECK(true_at_both_times([] {
    auto const part = sequence_mean_with_epsilon{}(token_sum(std::array{3.0, 5.0}));
    return part.total == 8.0 / (2 + 1e-8) && part.count == 1 &&
           sequence_mean_with_epsilon{}(batch_mean<token_mean, double>{}).count == 0;
  }));
}
