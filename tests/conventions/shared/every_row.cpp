// SPDX-License-Identifier: BSL-1.0
#include <bellman/conventions/shared/every_row.hpp>

#include <bellman/error.hpp>
#include <bellman/interop/boost_rational.hpp>
#include <bellman/loss/mean_over.hpp>
#include <bellman/loss/scope.hpp>

#include <cstddef>
#include <vector>

#include "support/both_times.hpp"
#include "support/catch.hpp"

namespace {

using bellman::rational;
using bellman::conventions::every_row;
using bellman::test::true_at_both_times;

}  // namespace

TEST_CASE("rows without a token count where a code counts rows") {
  CHECK(true_at_both_times([] {
    std::vector<std::vector<rational>> const batch{{rational(2), rational(4)}, {}};
    return bellman::mean_over(batch, bellman::sequence_mean{}).value() == 3 &&
           bellman::mean_over(batch, every_row{bellman::sequence_mean{}}).value() == rational(3, 2) &&
           bellman::mean_over(batch, every_row{bellman::fixed_length{3}}).value() == 1;
  }));
}

TEST_CASE("rows of two fixed lengths have no common mean") {
  std::vector<std::vector<rational>> const batch{{rational(2), rational(4)}, {}};
  auto const in = [&](std::size_t length) {
    return bellman::mean_over(batch, every_row{bellman::fixed_length{length}});
  };
  CHECK_THROWS_AS(in(8) + in(4), bellman::invalid_value);
  CHECK((in(8) + in(8)).value() == in(8).value());
}
