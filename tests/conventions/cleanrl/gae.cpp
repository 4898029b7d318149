// SPDX-License-Identifier: BSL-1.0
#include <bellman/conventions/cleanrl/gae.hpp>

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

TEST_CASE("cleanrl takes a time limit for a termination") {
  using namespace one_trajectory;
  CHECK(true_at_both_times([] {
    return conventions::cleanrl::gae(rewards, values, starts, true, rational(0), p).advantages == as_terminated;
  }));
}

TEST_CASE("cleanrl bootstraps behind a recording that goes on") {
  using namespace one_trajectory;
  CHECK(true_at_both_times([] {
    auto const a = conventions::cleanrl::gae(rewards, values, starts, false, rational(20), p);
    return a.advantages[3] == rational(20) && a.advantages[1] == rational(1);  // 4 + 18 - 2
  }));
}

TEST_CASE("rows of two lengths are refused by cleanrl") {
  std::vector<double> const two{1, 2};
  std::vector<double> const three{1, 2, 3};
  bellman::trace_parameters const half{.gamma = 0.5, .lambda = 0.5};
  CHECK_THROWS_AS(conventions::cleanrl::gae(three, three, two, false, 1.0, half), bellman::invalid_value);
}
