// SPDX-License-Identifier: BSL-1.0
#include <bellman/conventions/arrays/own_or_zero.hpp>

#include <bellman/error.hpp>

#include <span>
#include <vector>

#include "conventions/arrays/holds.hpp"
#include "conventions/unread.hpp"
#include "support/catch.hpp"

namespace {

using bellman::invalid_value;
using bellman::conventions::own_or_zero;
using bellman::test::holds;
using bellman::test::unread;

}  // namespace

TEST_CASE("masks of any number are read alike, and what they hide is not read") {
  std::vector<double> const numbers{1, unread, 3};
  std::vector<bool> const bools{true, false, true};
  std::vector<int> const ints{1, 0, 2};
  std::vector<float> const floats{1, 0, 0.5f};
  CHECK(holds(own_or_zero(bools, numbers), {1, 0, 3}));
  CHECK(holds(own_or_zero(ints, numbers), {1, 0, 3}));
  CHECK(holds(own_or_zero(floats, numbers), {1, 0, 3}));
  CHECK_THROWS_AS(own_or_zero(bools, std::span(numbers).first(2)), invalid_value);
}
