// SPDX-License-Identifier: BSL-1.0
#include <bellman/conventions/arrays/own_or_zero.hpp>

#include <bellman/error.hpp>

#include <algorithm>
#include <initializer_list>
#include <limits>
#include <span>
#include <vector>

#include "support/catch.hpp"

namespace {

using bellman::invalid_value;
using namespace bellman::conventions;

constexpr double unread = std::numeric_limits<double>::quiet_NaN();

template <class Range>
constexpr bool holds(Range const& range, std::initializer_list<double> numbers) {
  return std::ranges::equal(range, numbers);
}

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
