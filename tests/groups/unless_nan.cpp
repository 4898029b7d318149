// SPDX-License-Identifier: BSL-1.0
#include <bellman/groups/unless_nan.hpp>

#include <bellman/error.hpp>
#include <bellman/groups/group_methods.hpp>
#include <bellman/groups/groups_with_signal.hpp>
#include <bellman/groups/of_the_others.hpp>
#include <bellman/interop/boost_rational.hpp>
#include <bellman/probability/spread.hpp>

#include <array>
#include <limits>
#include <list>
#include <optional>
#include <ranges>
#include <string>
#include <type_traits>
#include <vector>

#include "support/both_times.hpp"
#include "support/catch.hpp"
#include "support/message_of.hpp"

namespace groups_unless_nan_test {

using bellman::grouping;
using bellman::rational;
using bellman::unless_nan;
using bellman::test::message_of;
using bellman::test::true_at_both_times;

using reward = std::optional<double>;
using table = std::vector<std::vector<double>>;
constexpr reward none = std::nullopt;
double const not_a_number = std::numeric_limits<double>::quiet_NaN();

TEST_CASE("a NaN is no reward where it is said so") {
  STATIC_REQUIRE(unless_nan(2) == std::optional(2));
  CHECK(!unless_nan(not_a_number).has_value());
  CHECK(unless_nan(1.0f) == std::optional(1.0f));
  STATIC_REQUIRE(!std::is_invocable_v<decltype(unless_nan) const&, std::string>);
  std::vector const rewards{1.0, not_a_number, 3.0};
  CHECK_THROWS_AS(bellman::dr_grpo(rewards), bellman::invalid_value);
  CHECK(bellman::dr_grpo(rewards | std::views::transform(unless_nan)) == std::vector{-1.0, 0.0, 1.0});
}

TEST_CASE("an answer without a reward is no part of its group, in every form of a call") {
  CHECK(true_at_both_times([] {
    std::array<reward, 4> const rewards{1.0, none, 3.0, 5.0};
    grouping const groups(std::array{7, 7, 7, 8});
    std::array<double, 4> out{9, 9, 9, 9};
    std::array<double, 4> rows{9, 9, 9, 9};
    bellman::dr_grpo(rewards, out.begin());
    bool const written = bellman::dr_grpo(rewards, groups, rows.begin()) == rows.end();
    return bellman::dr_grpo(rewards) == std::array{-2.0, 0.0, 0.0, 2.0} && out == std::array{-2.0, 0.0, 0.0, 2.0} &&
           bellman::dr_grpo(rewards, groups) == std::vector{-1.0, 0.0, 1.0, 0.0} && written &&
           rows == std::array{-1.0, 0.0, 1.0, 0.0};
  }));
  CHECK(true_at_both_times([] {
    using group = std::vector<std::optional<rational>>;
    std::vector<group> const groups{{rational(1), std::nullopt, rational(3)}, {}, {std::nullopt}, {rational(4)}};
    // All of them: 8 / 3
    bellman::group_advantages const whole{bellman::over_batch{bellman::group_mean{}}};
    using advantages = std::vector<std::vector<rational>>;
    return bellman::rloo(groups) == advantages{{-2, 0, 2}, {}, {0}, {0}} &&
           whole(groups) == advantages{{rational(-5, 3), 0, rational(1, 3)}, {}, {0}, {rational(4, 3)}};
  }));
  std::list<std::list<reward>> const lists{{1.0, none}, {none, 5.0, 3.0}};
  std::vector<double> out(5, 9.0);
  CHECK(bellman::dr_grpo(lists, out.begin()) == out.end());
  CHECK(out == std::vector{0.0, 0.0, 0.0, 1.0, -1.0});
}

TEST_CASE("what stands beside a missing reward is not read") {
  std::vector<reward> const rewards{1.0, none, 5.0};
  std::vector const lengths{3.0, not_a_number, 1.0};
  CHECK(bellman::opo(rewards, lengths) == std::vector{-1.0, 0.0, 3.0});
  CHECK(bellman::opo(rewards, lengths, grouping(std::array{1, 1, 1})) == std::vector{-1.0, 0.0, 3.0});
  CHECK(bellman::remax(rewards, lengths) == std::vector{-2.0, 0.0, 4.0});
  CHECK(bellman::remax(rewards, 1.0) == std::vector{0.0, 0.0, 4.0});
  CHECK_THROWS_AS(bellman::opo(rewards, std::vector{1.0, 2.0}), bellman::invalid_value);
}

TEST_CASE("equal to a grouping without those rows, for all methods") {
  std::vector const full{1.0, 7.0, 0.0, 3.0, 1.0, 4.0, 2.0, 0.5};
  std::vector<reward> rewards(full.begin(), full.end());
  rewards[1] = none;
  rewards[6] = none;
  grouping const groups(std::vector{7, 9, 9, 7, 7, 9, 9, 7});
  auto const there = groups.only_rows([&](std::size_t row) { return rewards[row].has_value(); });
  std::vector const lengths{3, 1, 4, 1, 5, 9, 2, 6};
  CHECK(bellman::grpo(rewards, groups) == bellman::grpo(full, there));
  CHECK(bellman::rloo(rewards, groups) == bellman::rloo(full, there));
  CHECK(bellman::gpg(rewards, groups) == bellman::gpg(full, there));
  CHECK(bellman::best_of_group(rewards, groups) == bellman::best_of_group(full, there));
  CHECK(bellman::whiten(rewards, groups) == bellman::whiten(full, there));
  CHECK(bellman::opo(rewards, lengths, groups) == bellman::opo(full, lengths, there));
  CHECK(bellman::reinforce_plus_plus_baseline(rewards, lengths, groups) ==
        bellman::reinforce_plus_plus_baseline(full, lengths, there));
  CHECK(bellman::groups_with_signal(rewards, groups) == bellman::groups_with_signal(full, there));
  bellman::group_advantages const by_the_others{
      bellman::leave_one_out{}, bellman::of_the_others{bellman::spread_plus{bellman::sample_variance{}, 1.0}}};
  CHECK(by_the_others(rewards, groups) == by_the_others(full, there));
}

TEST_CASE("beside missing rewards the others keep their places in messages") {
  std::vector<reward> const rewards{none, 1.0, none, not_a_number, 2.0};
  // The first group has no reward at all, and keeps its number.
  grouping const groups(std::vector{6, 7, 6, 7, 7});
  auto const begins = [](auto const& body, std::string const& with) { return message_of(body).rfind(with, 0) == 0; };
  CHECK(begins([&] { (void)bellman::grpo(rewards); }, "bellman: value 3 is "));
  CHECK(begins([&] { (void)bellman::grpo(rewards, groups); }, "bellman: in group 1, value 3 is "));
  CHECK(begins([&] { (void)bellman::groups_with_signal(rewards, groups); }, "bellman: in group 1, reward 3 is "));
  std::vector<std::vector<reward>> const nested{{1.0}, {none, none, not_a_number}};
  CHECK(begins([&] { (void)bellman::grpo(nested); }, "bellman: in group 1, value 2 is "));
  std::vector<reward> const good{none, 1.0, none, 3.0, 2.0};
  std::vector const weights{-1.0, 1.0, -1.0, 1.0, -2.0};
  CHECK(begins([&] { (void)bellman::opo(good, weights); }, "bellman: weight 4 is -2"));
  CHECK(begins([&] { (void)bellman::opo(good, weights, groups); }, "bellman: in group 1, weight 4 is -2"));
}

}  // namespace groups_unless_nan_test
