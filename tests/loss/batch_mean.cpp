// SPDX-License-Identifier: BSL-1.0
#include <bellman/loss/batch_mean.hpp>

#include <bellman/error.hpp>
#include <bellman/interop/boost_rational.hpp>
#include <bellman/loss/scope.hpp>

#include <string>

#include "support/both_times.hpp"
#include "support/catch.hpp"

namespace {

using bellman::batch_mean;
using bellman::rational;
using bellman::token_mean;
using bellman::test::true_at_both_times;

using mean = batch_mean<token_mean, rational>;

}  // namespace

TEST_CASE("a mean is the sum of its terms by their number") {
  CHECK(true_at_both_times([] { return mean{7, 2}.value() == rational(7, 2); }));
}

TEST_CASE("the means of parts are merged before they are divided") {
  CHECK(true_at_both_times([] {
    mean const a{6, 3};
    mean const b{5, 1};
    mean const c{-4, 2};
    mean all = a;
    all += b;
    return (a + b).value() == rational(11, 4) && (a + b) + c == a + (b + c) && a + b == b + a && a + mean{} == a &&
           all == a + b && a.value() + b.value() != 2 * (a + b).value();
  }));
}

TEST_CASE("of nothing there is no mean") {
  CHECK_THROWS_AS(mean{}.value(), bellman::invalid_value);
  try {
    mean{}.value();
    FAIL("the mean of nothing is not refused");
  } catch (bellman::invalid_value const& error) {
    CHECK(std::string(error.what()).find("the mean of nothing") != std::string::npos);
  }
}
