// SPDX-License-Identifier: BSL-1.0

#include <bellman/probability/with_checked_weights.hpp>

#include <bellman/probability/dirac.hpp>
#include <bellman/probability/distribution.hpp>

#include <string>
#include <vector>

#include "support/both_times.hpp"
#include "support/catch.hpp"
#include "support/message_of.hpp"

namespace {

using points = std::vector<bellman::weighted<char>>;

}  // namespace

TEST_CASE("weights that are right are handed on") {
  CHECK(bellman::test::true_at_both_times([] {
    return bellman::with_checked_weights(points{{'x', 0.25}, {'y', 0.75}}).back().value == 'y' &&
           bellman::with_checked_weights(bellman::dirac{'x'}).value() == 'x' &&
           bellman::with_checked_weights(points{{'x', 1.0}}, 7).front().value == 'x';
  }));
}

TEST_CASE("weights that are no distribution are refused, and where they were given is named") {
  CHECK_THROWS_AS(bellman::with_checked_weights(points{{'x', 0.25}}), bellman::invalid_value);
  auto const says = [](points const& d, char const* text) {
    return bellman::test::message_of([&] { (void)bellman::with_checked_weights(d, 37); }).find(text) !=
           std::string::npos;
  };
  CHECK(says({{'x', 0.25}}, "in state 37 the weights sum to 0.25"));
  CHECK(says({{'x', -1.0}}, "in state 37 weight 0 is -1"));
}
