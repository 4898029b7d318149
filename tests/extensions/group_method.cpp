// SPDX-License-Identifier: BSL-1.0
#include "extensions/group_method.hpp"

#include <bellman/groups/grouping.hpp>

#include <array>
#include <vector>

#include "support/both_times.hpp"
#include "support/catch.hpp"

TEST_CASE("a baseline that is added from outside makes a method with every call form") {
  CHECK(bellman::test::true_at_both_times([] {
    std::array const rewards{0.0, 1.0, 1.0, 0.0};
    // a deviation of sqrt(1/3) of the four, of sqrt(1/2) of each two
    auto const a = extensions::half_way_advantages(rewards);
    auto const b = extensions::half_way_advantages(rewards, bellman::grouping(std::array{1, 1, 2, 2}));
    auto const squares = [](double x) { return x * x; };
    return a[1] > 0 && a[0] == -a[1] && squares(a[1]) > 0.7499 && squares(a[1]) < 0.7501 && b[0] == -b[1] &&
           squares(b[1]) > 0.4999 && squares(b[1]) < 0.5001;
  }));
}

TEST_CASE("a method that is no quotient has them too") {
  CHECK(bellman::test::true_at_both_times([] {
    std::array const rewards{0.0, 3.0, 3.0, 5.0};
    std::array<double, 4> out{};
    auto const end = extensions::rank_advantages(rewards, out.begin());
    return end == out.end() && out == std::array{-3.0, 0.0, 0.0, 3.0} &&
           extensions::rank_advantages(rewards, bellman::grouping(std::array{1, 1, 2, 2})) ==
               std::vector{-1.0, 1.0, -1.0, 1.0};
  }));
}
