// SPDX-License-Identifier: BSL-1.0
#include <bellman/conventions/torchrl/gae.hpp>

#include <bellman/error.hpp>
#include <bellman/estimation/trace_parameters.hpp>

#include <vector>

#include "conventions/one_trajectory.hpp"
#include "support/both_times.hpp"
#include "support/catch.hpp"

namespace {

namespace conventions = bellman::conventions;

using bellman::test::true_at_both_times;

}  // namespace

TEST_CASE("torchrl bootstraps from the value of the final observation and cuts the trace") {
  using namespace one_trajectory;
  CHECK(true_at_both_times([] {
    auto const a = conventions::torchrl::gae(values, next_values, rewards, done, ends, p);
    return a.advantages == right && a.returns[1] == rational(11);
  }));
}

TEST_CASE("rows of two lengths are refused by torchrl") {
  std::vector<double> const two{1, 2};
  std::vector<double> const three{1, 2, 3};
  bellman::trace_parameters const half{.gamma = 0.5, .lambda = 0.5};
  CHECK_THROWS_AS(conventions::torchrl::gae(two, two, two, three, two, half), bellman::invalid_value);
}
