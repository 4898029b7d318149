// SPDX-License-Identifier: BSL-1.0
#include <bellman/groups/group_advantages.hpp>

#include <bellman/error.hpp>
#include <bellman/groups/baseline.hpp>
#include <bellman/groups/grouping.hpp>
#include <bellman/groups/internal/scaled_advantage.hpp>
#include <bellman/groups/weighted_group_advantages.hpp>
#include <bellman/groups/whiten.hpp>
#include <bellman/interop/boost_rational.hpp>
#include <bellman/probability/spread.hpp>
#include <bellman/scalar/dual.hpp>

#include <array>
#include <concepts>
#include <cstddef>
#include <forward_list>
#include <limits>
#include <span>
#include <vector>

#include "groups/centred.hpp"
#include "support/approx_equal.hpp"
#include "support/both_times.hpp"
#include "support/catch.hpp"

namespace {

using bellman::group_advantages;
using bellman::group_mean;
using bellman::grouping;
using bellman::invalid_value;
using bellman::no_baseline;
using bellman::rational;
using bellman::spread_plus;
using bellman::standard_deviation;
using bellman::weighted_group_advantages;
using bellman::test::approx_equal;
using bellman::test::centred;
using bellman::test::left_out;
using bellman::test::normalised;
using bellman::test::true_at_both_times;

}  // namespace

TEST_CASE("rows and groups can be left out, and then have no advantage") {
  std::vector const rewards{1.0, 3.0, 5.0, 5.0, 2.0, 9.0};
  grouping const groups = grouping::consecutive(6, 2);
  CHECK(centred(rewards, groups) == std::vector{-1.0, 1.0, 0.0, 0.0, -3.5, 3.5});
  auto const first = groups.only_groups([](std::span<std::size_t const> g) { return g[0] == 0; });
  CHECK(first.size() == 1);
  CHECK(first.rows() == 6);
  CHECK(centred(rewards, first) == std::vector{-1.0, 1.0, 0.0, 0.0, 0.0, 0.0});
  auto const some = groups.only_rows([](std::size_t row) { return row != 1 && row != 2 && row != 3; });
  CHECK(some.size() == 2);
  CHECK(centred(rewards, some) == std::vector{0.0, 0.0, 0.0, 0.0, -3.5, 3.5});
}

TEST_CASE("an advantage is the reward less the baseline, divided by the scale") {
  CHECK(true_at_both_times([] {
    std::array const rewards{rational(1), rational(0), rational(2), rational(5)};
    group_advantages const halved{group_mean{}, [](auto const&) { return rational(2); }};
    return group_advantages{no_baseline{}}(rewards) == rewards &&
           centred(rewards) == std::array{rational(-1), rational(-2), rational(0), rational(3)} &&
           left_out(rewards) == std::array{rational(-4, 3), rational(-8, 3), rational(0), rational(4)} &&
           halved(rewards) == std::array{rational(-1, 2), rational(-1), rational(0), rational(3, 2)} &&
           group_advantages{bellman::given_baseline{1}}(rewards) ==
               std::array{rational(0), rational(-1), rational(1), rational(4)};
  }));
  CHECK(true_at_both_times([] {
    // Deviation sqrt(14 / 3)
    auto const a = normalised(std::array{1, 0, 2, 5});
    return approx_equal(a[3], 1.3887301496588271, 1e-15) && a[2] == 0.0;
  }));
}

TEMPLATE_TEST_CASE("equal rewards have no advantage, in any precision and whatever the scale", "", float, double,
                   long double) {
  std::size_t const n = GENERATE(1u, 2u, 3u, 7u, 8u, 64u);
  for (TestType const x : {TestType(0.1), TestType(1) / 3, TestType(-7e10)}) {
    std::vector<TestType> const rewards(n, x);
    std::vector<TestType> const zero(n, TestType(0));
    CHECK(centred(rewards) == zero);
    CHECK(left_out(rewards) == zero);
    CHECK(normalised(rewards) == zero);
    CHECK(group_advantages{group_mean{}, spread_plus{standard_deviation{}, 1e-12}}(rewards) == zero);
    CHECK(group_advantages{group_mean{},
                           bellman::root_of{spread_plus{bellman::population_variance{}, 1e-8}}}(rewards) == zero);
    CHECK(bellman::whiten(rewards) == zero);
    CHECK(weighted_group_advantages{group_mean{}, standard_deviation{}}(rewards, std::vector<int>(n, 3)) == zero);
    CHECK(normalised(rewards, grouping(std::vector<int>(n, 1))) == zero);
  }
}

TEST_CASE("an empty group gives nothing") {
  CHECK(centred(std::vector<double>{}).empty());
  CHECK(normalised(std::vector<std::vector<double>>{{}, {1.0}}) == std::vector<std::vector<double>>{{}, {0.0}});
  CHECK(bellman::whiten(std::vector<std::vector<double>>{}).empty());
}

TEST_CASE("groups may be ranges of their own or rows of a batch in any order, and the result has the same shape") {
  std::vector<std::vector<float>> const groups{{1, 3}, {0, 0, 6}};
  std::vector<std::vector<float>> const expected{{-1, 1}, {-2, -2, 4}};
  CHECK(centred(groups) == expected);
  std::vector<float> const rewards{0, 1, 0, 3, 6};
  std::vector<float> const of_rows{-2, -1, -2, 1, 4};
  CHECK(centred(rewards, grouping(std::vector{'y', 'x', 'y', 'x', 'y'})) == of_rows);
  STATIC_REQUIRE(std::same_as<decltype(centred(std::array{1, 2})), std::array<double, 2>>);
  STATIC_REQUIRE(std::same_as<decltype(centred(std::array{1.0f, 2.0f})), std::array<float, 2>>);
  STATIC_REQUIRE(
      std::same_as<decltype(centred(std::array<std::array<float, 1>, 2>{})), std::vector<std::array<float, 1>>>);
  CHECK(centred(std::forward_list<double>{1.0, 3.0}) == std::vector{-1.0, 1.0});
}

TEST_CASE("advantages may be written into the caller's memory, that of the rewards included") {
  CHECK(true_at_both_times([] {
    std::array rewards{1.0, 3.0};
    std::array<double, 4> out{9, 9, 9, 9};
    auto const end = centred(rewards, out.begin() + 1);
    bool const good = end == out.begin() + 3 && out == std::array{9.0, -1.0, 1.0, 9.0};
    centred(rewards, rewards.begin());
    return good && rewards == std::array{-1.0, 1.0};
  }));
  std::vector<double> out(5);
  std::vector<std::vector<double>> const groups{{1, 3}, {0, 0, 6}};
  CHECK(centred(groups, out.begin()) == out.end());
  CHECK(out == std::vector{-1.0, 1.0, -2.0, -2.0, 4.0});
  std::vector rewards{0.0, 1.0, 0.0, 3.0, 6.0};
  grouping const rows(std::vector{2, 1, 2, 1, 2});
  CHECK(centred(rewards, rows, rewards.begin()) == rewards.end());
  CHECK(rewards == std::vector{-2.0, -1.0, -2.0, 1.0, 4.0});
}

TEST_CASE("a gradient flows through the statistics") {
  CHECK(true_at_both_times([] {
    using number = bellman::dual<rational>;
    auto const x = number::variable(rational(5));
    auto const a = centred(std::array<number, 2>{x, number(rational(1))});
    auto const same = centred(std::array<number, 2>{x, number(rational(5))});
    return a[0].derivative[0] == rational(1, 2) && a[1].derivative[0] == rational(-1, 2) &&
           same[0].derivative[0] == rational(1, 2);
  }));
}

TEST_CASE("a scale of 0 divides nothing but 0") {
  group_advantages const method{no_baseline{}, standard_deviation{}};
  CHECK(method(std::array{0.0, 0.0}) == std::array{0.0, 0.0});
  CHECK_THROWS_AS(method(std::array{1.0, 1.0}), invalid_value);
}

TEST_CASE("rewards so far apart that their squares overflow have no advantage by a deviation") {
  // The deviation would be infinite, and the advantages 0, as if the rewards were equal.
  CHECK_THROWS_AS(normalised(std::array{0.0, 1e200}), invalid_value);
  CHECK_THROWS_AS(bellman::whiten(std::array{0.0, 1e200}), invalid_value);
  CHECK_THROWS_AS(normalised(std::vector{0.0, 1e200}, grouping(std::vector{1, 1})), invalid_value);
  CHECK(normalised(std::array{1e200, 1e200}) == std::array{0.0, 0.0});
  CHECK(centred(std::array{0.0, 1e200}) == std::array{-5e199, 5e199});
  double const largest = std::numeric_limits<double>::max();
  CHECK_THROWS_AS(centred(std::array{-largest, largest}), invalid_value);
  CHECK_THROWS_AS(left_out(std::array{-largest, largest}), invalid_value);
  double const infinity = std::numeric_limits<double>::infinity();
  CHECK_THROWS_AS(bellman::internal::scaled_advantage(1.0, infinity), invalid_value);
  CHECK_THROWS_AS(bellman::internal::scaled_advantage(1.0, -infinity), invalid_value);
  CHECK_THROWS_AS(bellman::internal::scaled_advantage(1e200, 1e-200), invalid_value);
  CHECK(bellman::internal::scaled_advantage(0.0, infinity) == 0.0);
}

TEST_CASE("a dual reward or a baseline that is not finite is an error") {
  using number = bellman::dual<double>;
  double const bad = GENERATE(std::numeric_limits<double>::quiet_NaN(), std::numeric_limits<double>::infinity());
  CHECK_THROWS_AS(centred(std::array<number, 2>{number(bad), number(1.0)}), invalid_value);
  CHECK_THROWS_AS(group_advantages{bellman::given_baseline{bad}}(std::array{1.0, 2.0}), invalid_value);
}

TEST_CASE("a reward that is no finite number, and other numbers of rewards than rows, are errors") {
  double const bad = GENERATE(std::numeric_limits<double>::quiet_NaN(), std::numeric_limits<double>::infinity());
  std::vector const rewards{1.0, bad, 2.0};
  grouping const groups(std::vector{0, 0, 1});
  CHECK_THROWS_AS(centred(rewards), invalid_value);
  CHECK_THROWS_AS(normalised(std::vector{rewards}), invalid_value);
  CHECK_THROWS_AS(left_out(rewards, groups), invalid_value);
  CHECK_THROWS_AS(bellman::whiten(std::vector{rewards}), invalid_value);
  // What belongs to no group is not read.
  CHECK(centred(rewards, groups.only_rows([](std::size_t row) { return row != 1; })) == std::vector{0.0, 0.0, 0.0});
  CHECK_THROWS_AS(centred(std::vector{1.0, 2.0}, groups), invalid_value);
  CHECK_THROWS_AS(weighted_group_advantages{group_mean{}}(std::vector{1.0, 2.0, 3.0}, std::vector{1, 2}, groups),
                  invalid_value);
}
