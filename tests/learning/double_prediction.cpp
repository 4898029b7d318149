// SPDX-License-Identifier: BSL-1.0
#include <bellman/learning/double_prediction.hpp>

#include <bellman/learning/value_table.hpp>

#include <cstddef>
#include <random>

#include "support/catch.hpp"

namespace double_prediction {

namespace b = bellman;

TEST_CASE("of two predictions one is learned at a time, and their mean is what is said") {
  b::double_prediction p(b::value_table<double, int, int>(1.0), std::mt19937{5});
  std::size_t first = 0, second = 0;
  for (int k = 0; k < 1000; ++k) {
    b::value_table<double, int, int> const* const chosen = &p.chosen();
    CHECK(&p.other() != chosen);
    std::size_t place = 99;
    p.gradient([&](std::size_t i, double) { place = i; }, 0, 0);
    (place == 0 ? first : second) += 1;
    CHECK(place < 2);
    p.toss();
  }
  CHECK(first > 400);
  CHECK(second > 400);
  CHECK(p.weights().size() == 2);
  p.weights()[0] = 3.0;
  p.weights()[1] = 6.0;
  CHECK(p(0, 0) == 4.5);
  CHECK(p(0, 1) == 1.0);
}

TEST_CASE("two tables of different lengths have the weights of the longer one") {
  b::double_prediction p(b::value_table<double, int, int>{}, std::mt19937{5});
  std::size_t most = 0;
  for (int k = 0; k < 6; ++k) {
    p.gradient([&](std::size_t i, double) { most = most < i ? i : most; }, k, 0);
    CHECK(most < p.weights().size());
    p.toss();
  }
}

}  // namespace double_prediction
