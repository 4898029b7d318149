// SPDX-License-Identifier: BSL-1.0
#include <bellman/groups/of_the_others.hpp>

#include <bellman/error.hpp>
#include <bellman/groups/baseline.hpp>
#include <bellman/groups/group_advantages.hpp>
#include <bellman/groups/grouping.hpp>
#include <bellman/groups/over_batch.hpp>
#include <bellman/groups/scale.hpp>
#include <bellman/groups/weighted_group_advantages.hpp>
#include <bellman/interop/boost_rational.hpp>
#include <bellman/probability/spread.hpp>

#include <array>
#include <cstddef>
#include <vector>

#include "support/approx_equal.hpp"
#include "support/both_times.hpp"
#include "support/catch.hpp"
#include "support/message_of.hpp"

namespace groups_of_the_others_test {

using bellman::group_advantages;
using bellman::group_mean;
using bellman::grouping;
using bellman::leave_one_out;
using bellman::of_the_others;
using bellman::rational;
using bellman::sample_variance;
using bellman::standard_deviation;
using bellman::test::approx_equal;
using bellman::test::true_at_both_times;

constexpr group_advantages by_the_others{leave_one_out{}, of_the_others{sample_variance{}}};

TEST_CASE("a spread of the others leaves out the answer that it divides") {
  CHECK(true_at_both_times([] {
    // 1 | 3 5 9: mean 17/3, squares 56/3, variance 28/3; 3 | 1 5 9: 5, 32, 16; 5 | 1 3 9: 13/3, 104/3, 52/3;
    // 9 | 1 3 5: 3, 8, 4.
    return by_the_others(std::array{rational(1), rational(3), rational(5), rational(9)}) ==
           std::array{rational(-1, 2), rational(-1, 8), rational(1, 26), rational(3, 2)};
  }));
}

TEST_CASE("it has all forms of a call") {
  CHECK(true_at_both_times([] {
    using table = std::vector<std::vector<rational>>;
    std::vector<rational> const rewards{1, 0, 3, 4, 5, 2, 9};
    grouping const groups(std::array{7, 8, 7, 8, 7, 8, 7});
    std::vector<rational> const expected{
        rational(-1, 2), rational(-3, 2), rational(-1, 8), rational(3, 2), rational(1, 26), 0, rational(3, 2)};
    // 0 | 4 2: 3, 2; 4 | 0 2: 1, 2; 2 | 0 4: 2, 8.
    std::vector<rational> out(7);
    by_the_others(rewards, groups, out.begin());
    return by_the_others(rewards, groups) == expected && out == expected &&
           by_the_others(table{{1, 3, 5, 9}, {}, {0, 4, 2}, {6}}) ==
               table{{expected[0], expected[2], expected[4], expected[6]}, {}, {expected[1], expected[3], 0}, {0}};
  }));
}

TEST_CASE("a baseline of the others may be any, with weights and of a batch's scale") {
  CHECK(true_at_both_times([] {
    // Of lengths 1, 2, 3 and rewards 6, 3, 0: the others' means are 6/5, 6/4, 12/3.
    bellman::weighted_group_advantages const by_length{of_the_others{group_mean{}}};
    std::array const rewards{rational(6), rational(3), rational(0)};
    group_advantages const mixed{of_the_others{group_mean{}}, bellman::over_batch{bellman::population_variance{}}};
    return by_length(rewards, std::array{1, 2, 3}) == std::array{rational(24, 5), rational(3, 2), rational(-4)} &&
           mixed(rewards) == std::array{rational(3, 4), rational(0), rational(-3, 4)};
  }));
}

TEST_CASE("equal rewards get 0, and so does an answer that is alone beside its own mean") {
  group_advantages const grpo_like{leave_one_out{}, of_the_others{standard_deviation{}}};
  CHECK(grpo_like(std::vector(5, 0.1)) == std::vector(5, 0.0));
  CHECK(grpo_like(std::vector{3.0}) == std::vector{0.0});
  // Of no others the mean is 0.
  CHECK(group_advantages{of_the_others{group_mean{}}}(std::vector{3.0}) == std::vector{3.0});
}

TEST_CASE("others of equal rewards divide nothing, unless something is added") {
  std::vector const rewards{1.0, 0.0, 0.0, 1.0, 1.0, 1.0};
  grouping const groups(std::vector{5, 6, 5, 6, 5, 6});  // 1 0 1 and 0 1 1
  group_advantages const plain{leave_one_out{}, of_the_others{standard_deviation{}}};
  auto const message = bellman::test::message_of([&] { (void)plain(rewards, groups); });
  CHECK(message ==
        "bellman: in group 0, reward 2 differs from its baseline by -1, and the scale of its group is 0; it must be "
        "finite and not 0");
  group_advantages const wide{leave_one_out{}, of_the_others{bellman::spread_plus{sample_variance{}, 0.5}}};
  // 1 | 0 1: (1 - 1/2) / (1/2 + 1/2); 0 | 1 1: -1 / (1/2)
  CHECK(wide(rewards, groups) == std::vector{0.5, -2.0, -2.0, 0.5, 0.5, 0.5});
}

TEST_CASE("small deviations beside one that is large are not lost") {
  // Without 1e9 the others are 1, 2, 3, whose deviation is 1 and mean 2.
  group_advantages const method{leave_one_out{}, of_the_others{standard_deviation{}}};
  auto const a = method(std::vector{1.0, 1e9, 2.0, 3.0});
  CHECK(approx_equal(a[1], 1e9 - 2, 1e-15));
}

TEST_CASE("it is a baseline or a scale where what it is of is one") {
  STATIC_REQUIRE(bellman::scale_for<of_the_others<standard_deviation>, double>);
  STATIC_REQUIRE(!bellman::scale_for<of_the_others<group_mean>, double>);
  STATIC_REQUIRE(bellman::baseline_for<of_the_others<group_mean>, double>);
  STATIC_REQUIRE(!bellman::baseline_for<of_the_others<standard_deviation>, double>);
  STATIC_REQUIRE(!bellman::baseline_for<of_the_others<bellman::over_batch<group_mean>>, double>);
}

}  // namespace groups_of_the_others_test
