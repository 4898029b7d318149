// SPDX-License-Identifier: BSL-1.0
#include <bellman/conventions/arrays/before_last.hpp>

#include <bellman/error.hpp>
#include <bellman/layout/batch_major.hpp>
#include <bellman/layout/time_major.hpp>

#include <algorithm>
#include <array>
#include <vector>

#include "support/both_times.hpp"
#include "support/catch.hpp"
#include "support/message_of.hpp"

namespace {

using bellman::conventions::before_last;
using bellman::test::true_at_both_times;

}  // namespace

TEST_CASE("of one value more than there are steps the last is left out") {
  CHECK(true_at_both_times([] {
    std::array const values{1, 2, 3};
    return std::ranges::equal(before_last(values, 2), std::array{1, 2});
  }));
  std::vector<double> const values{1, 2, 3};
  CHECK(&*before_last(values, 2).begin() == values.data());
  CHECK_THROWS_AS(before_last(values, 3), bellman::invalid_value);
  CHECK_THROWS_AS(before_last(values, 1), bellman::invalid_value);
}

TEST_CASE("of several sequences the last value of each is left out") {
  CHECK(true_at_both_times([] {
    std::array const values{1, 10, 2, 20, 3, 30};
    auto const first = before_last(bellman::time_major(values, 2), {2, 2});
    return first.steps() == 2 && first.sequence(1)[1] == 20 &&
           before_last(bellman::batch_major(values, 3), {2, 2}).sequence(1)[0] == 20;
  }));
  std::vector<double> const values(6);
  CHECK(bellman::test::message_of([&] {
          (void)before_last(bellman::time_major(values, 2), {3, 2});
        }) ==
        "bellman: 3 steps of 2 sequences and values of 3 steps of 2 sequences; there must be one value more of each, "
        "that "
        "of the state after its last step");
}
