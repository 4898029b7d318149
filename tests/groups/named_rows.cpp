// SPDX-License-Identifier: BSL-1.0

#include <bellman/groups/grouping.hpp>
#include <bellman/groups/groups_with_signal.hpp>
#include <bellman/groups/grpo.hpp>
#include <bellman/groups/rloo.hpp>

#include <limits>
#include <string>
#include <vector>

#include "support/catch.hpp"
#include "support/message_of.hpp"

// The second row of the second group is row 5 of the batch.
TEST_CASE("a reward that is no number is named by its row of the batch") {
  double const nan = std::numeric_limits<double>::quiet_NaN();
  std::vector<double> const rewards{1, 0, 1, 0, 1, nan, 0, 1};
  bellman::grouping const groups(std::vector{7, 7, 7, 7, 9, 9, 9, 9});
  auto const names_row_5 = [](auto const& body) {
    return bellman::test::message_of(body).find(" 5 is") != std::string::npos;
  };
  CHECK(names_row_5([&] { (void)bellman::grpo(rewards, groups); }));
  CHECK(names_row_5([&] { (void)bellman::rloo(rewards, groups); }));
  CHECK(names_row_5([&] { (void)bellman::groups_with_signal(rewards, groups); }));
}
