// SPDX-License-Identifier: BSL-1.0
#include <bellman/conventions/tianshou/gae.hpp>

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

TEST_CASE("tianshou bootstraps from the value of the final observation and cuts the trace") {
  using namespace one_trajectory;
  CHECK(true_at_both_times([] {
    auto const a = conventions::tianshou::gae(rewards, values, next_values, done, ends, p);
    return a.advantages == right && a.returns[1] == rational(11) && a.returns[3] == rational(4);
  }));
}

TEST_CASE("tianshou's values, where none are given, are those of the next states one step later") {
  using namespace one_trajectory;
  CHECK(true_at_both_times([] {
    auto const rolled = conventions::tianshou::rolled_values(next_values, ends);
    return rolled.begin()[0] == rational(0) && rolled.begin()[1] == rational(1) && rolled.begin()[3] == rational(2);
  }));
}

TEST_CASE("rows of two lengths are refused by tianshou") {
  std::vector<double> const two{1, 2};
  std::vector<double> const three{1, 2, 3};
  bellman::trace_parameters const half{.gamma = 0.5, .lambda = 0.5};
  CHECK_THROWS_AS(conventions::tianshou::gae(two, two, two, three, two, half), bellman::invalid_value);
}
