// SPDX-License-Identifier: BSL-1.0
#include <bellman/conventions/arrays/common_length.hpp>

#include <bellman/error.hpp>

#include <array>
#include <list>
#include <string>
#include <vector>

#include "support/both_times.hpp"
#include "support/catch.hpp"

namespace {

using bellman::conventions::common_length;
using bellman::test::true_at_both_times;

}  // namespace

TEST_CASE("columns of one length have it, others are refused") {
  CHECK(true_at_both_times([] { return common_length(std::array{1, 2}, std::array{true, false}) == 2; }));
  std::vector<double> const two{1, 2};
  std::vector<double> const three{1, 2, 3};
  CHECK(common_length(two, two) == 2);
  CHECK(common_length(three) == 3);
  CHECK(common_length(two, std::list{1, 2}) == 2);
  CHECK_THROWS_AS(common_length(two, three), bellman::invalid_value);
  CHECK_THROWS_AS(common_length(two, two, three), bellman::invalid_value);
}

TEST_CASE("the message names both lengths") {
  std::string message;
  try {
    common_length(std::array{1, 2}, std::array{1, 2, 3});
  } catch (bellman::invalid_value const& e) {
    message = e.what();
  }
  CHECK(message.find("2 elements, another 3") != std::string::npos);
}
