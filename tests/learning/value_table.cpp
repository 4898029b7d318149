// SPDX-License-Identifier: BSL-1.0
#include <bellman/learning/value_table.hpp>

#include <cstddef>
#include <string>
#include <type_traits>
#include <vector>

#include "support/both_times.hpp"
#include "support/catch.hpp"

namespace value_table {

namespace b = bellman;
using b::test::true_at_both_times;

TEST_CASE("a table has its first value until an entry is learned, and grows by what is learned alone") {
  CHECK(true_at_both_times([] {
    b::value_table<double, int, char> q(0.5);
    bool right = q(3, 'a') == 0.5 && q.weights().empty();
    std::size_t place = 7;
    double slope = 0;
    q.gradient([&](std::size_t i, double d) { place = i, slope = d; }, 3, 'a');
    right = right && place == 0 && slope == 1 && q(3, 'a') == 0.5;
    q.weights()[place] = 2.0;
    q.gradient([&](std::size_t i, double) { place = i; }, 4, 'a');
    return right && place == 1 && q(3, 'a') == 2.0 && q(4, 'a') == 0.5 && q(3, 'b') == 0.5;
  }));
}

TEST_CASE("a state is anything that can be found") {
  b::value_table<double, std::string> v;
  v.gradient([](std::size_t, double) {}, std::string("here"));
  v.weights()[0] = 1.0;
  CHECK(v(std::string("here")) == 1.0);
  CHECK(v("here") == 1.0);
  CHECK(v("there") == 0.0);
  STATIC_REQUIRE_FALSE(std::is_invocable_v<decltype(v) const&, int>);
  STATIC_REQUIRE_FALSE(std::is_invocable_v<decltype(v) const&, std::string, int>);
  STATIC_REQUIRE_FALSE(std::is_invocable_v<b::value_table<double, int> const&, double>);
}

TEST_CASE("of a temporary the weights are a value") {
  STATIC_REQUIRE(std::is_same_v<decltype(b::value_table<double, int>{}.weights()), std::vector<double>>);
}

}  // namespace value_table
