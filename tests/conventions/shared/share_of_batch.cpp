// SPDX-License-Identifier: BSL-1.0
#include <bellman/conventions/shared/share_of_batch.hpp>

#include <bellman/interop/boost_rational.hpp>
#include <bellman/loss/token_sum.hpp>

#include <array>

#include "support/both_times.hpp"
#include "support/catch.hpp"

namespace {

using bellman::batch_mean;
using bellman::rational;
using bellman::token_mean;
using bellman::token_sum;
using bellman::conventions::share_of_batch;
using bellman::test::true_at_both_times;

}  // namespace

TEST_CASE("the shares of devices have the mean of the batch as their mean") {
  CHECK(true_at_both_times([] {
    auto const one = token_sum(std::array{rational(1), rational(5)});
    auto const two = token_sum(std::array{rational(3)});
    rational const shares = share_of_batch(one, 3, 2) + share_of_batch(two, 3, 2);
    return shares / 2 == (one + two).value() && share_of_batch(one) == one.value();
  }));
  double const of_nothing = share_of_batch(batch_mean<token_mean, double>{});
  CHECK(of_nothing != of_nothing);
}
