// SPDX-License-Identifier: BSL-1.0
#include <bellman/experience/sum_tree.hpp>

#include <bellman/error.hpp>
#include <bellman/interop/boost_rational.hpp>

#include <array>
#include <cstddef>
#include <limits>
#include <random>
#include <stdexcept>
#include <vector>

#include "support/both_times.hpp"
#include "support/catch.hpp"
#include "support/message_of.hpp"

namespace sum_tree_tests {

namespace {

using bellman::rational;
using bellman::sum_tree;
using bellman::test::message_of;
using bellman::test::true_at_both_times;

// How many of the numbers 0.5, 1.5, ... below the sum fall in each place: of whole weights as many as the weight says.
template <class V>
std::vector<int> found(sum_tree<V> const& tree, int total) {
  std::vector<int> times(tree.size());
  for (int k = 0; k < total; ++k) ++times.at(tree.find(k + 0.5));
  return times;
}

}  // namespace

TEST_CASE("a tree has the sum of its weights, the least above 0, and finds each as often as it weighs") {
  CHECK(true_at_both_times([] {
    sum_tree<rational> tree(5);
    bool const none = tree.total() == 0 && tree.least() == 0;
    std::array const weights{rational(1, 2), rational(0), rational(1, 3), rational(2), rational(1, 6)};
    for (std::size_t i = 0; i < 5; ++i) tree.set(i, weights[i]);
    bool const right = tree.total() == 3 && tree.least() == rational(1, 6) && tree[2] == rational(1, 3);
    // The bounds are 0, 1/2, 5/6, 17/6, 3; a bound belongs to what begins there.
    return none && right && tree.find(rational(0)) == 0 && tree.find(rational(499, 1000)) == 0 &&
           tree.find(rational(1, 2)) == 2 && tree.find(rational(5, 6)) == 3 && tree.find(rational(28, 10)) == 3 &&
           tree.find(rational(17, 6)) == 4 && tree.find(rational(299, 100)) == 4;
  }));
}

TEST_CASE("whole weights are exact, whatever was set before") {
  for (std::size_t n = 1; n <= 17; ++n) {
    std::mt19937 chance(static_cast<unsigned>(n));
    sum_tree<double> tree(n);
    std::vector<int> weights(n);
    for (int change = 0; change < 200; ++change) {
      std::size_t const place = chance() % n;
      weights[place] = chance() % 3 == 0 ? 0 : static_cast<int>(chance() % 9);
      tree.set(place, change % 2 == 0 ? 1e15 / 7 : 0.1);  // which leaves nothing behind
      tree.set(place, weights[place]);
    }
    int total = 0;
    int least = 0;
    for (int const w : weights) {
      total += w;
      if (w != 0 && (least == 0 || w < least)) least = w;
    }
    CHECK(tree.total() == total);
    CHECK(tree.least() == least);
    CHECK(found(tree, total) == weights);
  }
}

TEST_CASE("a number that rounding left outside finds the last place that weighs something") {
  sum_tree<double> tree(6);
  tree.set(1, 0.1);
  tree.set(3, 0.2);
  CHECK(tree.find(0.30000000000000004) == 3);
  CHECK(tree.find(100.0) == 3);
  CHECK(tree.find(0.0) == 1);
  sum_tree<float> of_floats(2);
  of_floats.set(0, 0.1f);
  of_floats.set(1, 0.2f);
  CHECK(of_floats.find(0.05) == 0);
  CHECK(of_floats.find(0.2) == 1);
}

TEST_CASE("a weight that is none is refused, and the tree stays as it was") {
  sum_tree<double> tree(3);
  tree.set(0, 1.0);
  tree.set(2, 2.0);
  double const huge = std::numeric_limits<double>::max();
  for (double const w : {-1.0, -1e-300, std::numeric_limits<double>::quiet_NaN(),
                         std::numeric_limits<double>::infinity(), huge, huge / 2}) {
    CHECK_THROWS_AS(tree.set(1, w), bellman::invalid_value);
  }
  CHECK_THROWS_AS(tree.set(3, 1.0), bellman::invalid_value);
  CHECK(tree.total() == 3.0);
  CHECK(tree.least() == 1.0);
  CHECK(found(tree, 3) == std::vector{1, 0, 2});
  CHECK_NOTHROW(tree.set(1, huge / 3.5));
  CHECK(message_of([&] { tree.set(1, -1.0); }) ==
        "bellman: the weight of place 1 is -1; it must lie in [0, m], where m times the 3 places of the sum tree is "
        "finite");
  CHECK_THROWS_AS(sum_tree<double>(std::size_t(-1)), bellman::invalid_value);
  CHECK(message_of([&] { tree.set(3, 1.0); }) == "bellman: place 3 of a sum tree of 3 places");
}

TEST_CASE("an exact sum that overflows changes nothing") {
  using small = boost::rational<long long>;
  long long const half = std::numeric_limits<long long>::max() / 2;
  sum_tree<small> tree(4);
  tree.set(0, small(half / 4));
  tree.set(2, small(1, 3));
  CHECK_THROWS_AS(tree.set(3, small(1, half)), std::overflow_error);
  CHECK(tree[3] == 0);
  CHECK(tree.total() == small(half / 4) + small(1, 3));
}

}  // namespace sum_tree_tests
