// SPDX-License-Identifier: BSL-1.0
#include <bellman/conventions/arrays/own_or_zero.hpp>

#include <bellman/error.hpp>
#include <bellman/layout/batch_major.hpp>
#include <bellman/layout/time_major.hpp>

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

TEST_CASE("masks and numbers of several sequences, whose rows are further apart in one than in the other") {
  std::vector<double> const numbers{1, unread, 9, 9, unread, 4, 9};
  std::vector<int> const mask{1, 0, 0, 1};
  auto const own = own_or_zero(bellman::time_major(mask, 2), bellman::time_major(numbers, 2, 4));
  CHECK(holds(own.sequence(0), {1, 0}));
  CHECK(holds(own.sequence(1), {0, 4}));
  auto const rows = own_or_zero(bellman::batch_major(mask, 2), bellman::batch_major(numbers, 2, 4));
  CHECK(holds(rows.sequence(0), {1, 0}));
  CHECK(holds(rows.sequence(1), {0, 4}));
  CHECK_THROWS_AS(own_or_zero(bellman::time_major(mask, 2), bellman::time_major(numbers, 1)), invalid_value);
}
