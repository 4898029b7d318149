// SPDX-License-Identifier: BSL-1.0
#include <bellman/learning/double_prediction.hpp>

#include <bellman/learning/value_table.hpp>

#include <cstddef>
#include <random>

#include "support/catch.hpp"

namespace double_prediction {

namespace b = bellman;

template <class P, class G>
concept are_two = requires(P const& p, G const& g) { b::double_prediction(p, g); };

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

TEST_CASE("two tables grow together, so that each weight that is counted can be read") {
  b::double_prediction p(b::value_table<double, int, int>(3.0), std::mt19937{5});
  for (std::size_t k = 0; k < 9; ++k) {
    std::size_t place = 99;
    p.gradient([&](std::size_t i, double) { place = i; }, static_cast<int>(k), 0);
    CHECK(place / 2 == k);
    CHECK(p.weights().size() == 2 * (k + 1));
    for (std::size_t i = 0; i < p.weights().size(); ++i) CHECK(p.weights()[i] == 3.0);
    p.toss();
  }
  STATIC_REQUIRE_FALSE(are_two<int, std::mt19937>);
  STATIC_REQUIRE_FALSE(are_two<b::value_table<double, int>, int>);
  STATIC_REQUIRE(are_two<b::value_table<double, int>, std::mt19937>);
}

}  // namespace double_prediction
