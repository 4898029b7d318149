// SPDX-License-Identifier: BSL-1.0
#include <bellman/conventions/arrays/in_place.hpp>

#include <bellman/layout/time_major.hpp>

#include <ranges>
#include <span>
#include <vector>

#include "support/catch.hpp"

namespace {

using bellman::conventions::in_place;

}  // namespace

TEST_CASE("a column is read where it lies") {
  std::vector<double> numbers{1, 2};
  auto const column = in_place(numbers);
  STATIC_REQUIRE(std::ranges::borrowed_range<decltype(column)>);
  CHECK(&*column.begin() == numbers.data());
  CHECK(column.size() == 2);
  numbers[1] = 7;
  CHECK(column[1] == 7);
  CHECK(&*in_place(std::span(numbers)).begin() == numbers.data());
}

TEST_CASE("an array of several sequences is such a view itself") {
  std::vector<double> numbers{1, 2, 3, 4};
  CHECK(in_place(bellman::time_major(numbers, 2)).begin_of_rows() == numbers.data());
}
