// SPDX-License-Identifier: BSL-1.0
#include <bellman/conventions/arrays/common_length.hpp>

#include <bellman/error.hpp>
#include <bellman/layout/batch_major.hpp>
#include <bellman/layout/packed.hpp>
#include <bellman/layout/steps_of_sequences.hpp>
#include <bellman/layout/time_major.hpp>

#include <array>
#include <list>
#include <string>
#include <vector>

#include "support/both_times.hpp"
#include "support/catch.hpp"
#include "support/message_of.hpp"

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

TEST_CASE("arrays of several sequences have a shape in common") {
  CHECK(true_at_both_times([] {
    std::array const x{1, 2, 3, 4, 5, 6};
    std::array const offsets{0, 2, 6};
    return common_length(bellman::time_major(x, 2), bellman::time_major(x, 2)) == bellman::steps_of_sequences{3, 2} &&
           common_length(bellman::batch_major(x, 2)) == bellman::steps_of_sequences{2, 3} &&
           common_length(bellman::packed(x, offsets), bellman::packed(x, offsets)) == 6;
  }));
  std::array const x{1, 2, 3, 4, 5, 6};
  std::array const offsets{0, 2, 6};
  std::array const others{0, 3, 6};
  using bellman::test::message_of;
  CHECK(
      message_of([&] { common_length(bellman::time_major(x, 2), bellman::time_major(x, 3)); }) ==
      "bellman: one array is of 3 steps of 2 sequences, another of 2 steps of 3 sequences; they must be of one shape");
  CHECK(message_of([&] { common_length(bellman::packed(x, offsets), bellman::packed(x, others)); }) ==
        "bellman: two packed arrays are of sequences of other lengths; they must be of one shape");
}
