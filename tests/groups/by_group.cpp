// SPDX-License-Identifier: BSL-1.0
#include <bellman/groups/by_group.hpp>

#include <bellman/error.hpp>
#include <bellman/groups/grouping.hpp>
#include <bellman/probability/statistics.hpp>

#include <array>
#include <cstddef>
#include <ranges>
#include <type_traits>
#include <vector>

#include "support/both_times.hpp"
#include "support/catch.hpp"

// Methods that the library does not have, as anyone can add them.
namespace elsewhere {

// Better than how many of the group, less worse than how many: neither a baseline nor a scale.
struct ranks {
  template <class Rewards>
  constexpr auto of_group(Rewards const& rewards) const {
    std::vector<double> all;
    for (double const r : rewards) all.push_back(r);
    return [all](double reward) {
      int rank = 0;
      for (double const r : all) rank += static_cast<int>(r < reward) - static_cast<int>(reward < r);
      return rank;
    };
  }
};
inline constexpr bellman::by_group<ranks> rank_advantages{};

// A reward less the mean of its group and the largest of all groups' means: it sees the batch first.
struct below_the_best_group {
  template <class Groups>
  constexpr auto of_batch(Groups const& groups) const {
    auto const mean_of = [](auto&& rewards) { return bellman::statistics_of(rewards).mean; };
    double const best = groups.fold(mean_of, [](double a, double b) { return a < b ? b : a; });
    return [best](auto&&) { return [best](double reward) { return reward - best; }; };
  }
};

// Two columns: a reward that costs something.
struct less_costs {
  template <class Rewards, class Costs>
  constexpr auto of_group(Rewards const&, Costs const& costs) const {
    return [next = std::ranges::begin(costs)](double reward) mutable { return reward - *next++; };
  }
};

// Answers that are sequences.
struct less_position {
  template <class Sequences>
  constexpr auto of_group(Sequences const&) const {
    return [](double x, std::size_t t) { return x - static_cast<double>(t); };
  }
};

}  // namespace elsewhere

template <>
inline constexpr bool bellman::answers_are_sequences<elsewhere::less_position> = true;

namespace {

using bellman::by_group;
using bellman::grouping;
using bellman::test::true_at_both_times;
using table = std::vector<std::vector<double>>;

constexpr by_group below_best{elsewhere::below_the_best_group{}};

}  // namespace

TEST_CASE("a method of one group has all forms of a call") {
  CHECK(true_at_both_times([] {
    using elsewhere::rank_advantages;
    std::array const rewards{5, 1, 5, 0};
    bool const good = rank_advantages(rewards) == std::array{2.0, -1.0, 2.0, -3.0} &&
                      rank_advantages(std::vector{1.0f, 2.0f}) == std::vector{-1.0f, 1.0f} &&
                      rank_advantages(table{{3, 1}, {}, {7}}) == table{{1, -1}, {}, {0}} &&
                      rank_advantages(rewards, grouping(std::array{1, 2, 2, 1})) == std::vector{1.0, -1.0, 1.0, -1.0};
    std::array<double, 5> out{9, 9, 9, 9, 9};
    rank_advantages(rewards, out.begin());
    rank_advantages(rewards, grouping(std::array{1, 1, 2, 2}), out.begin());
    return good && rank_advantages(table{{3, 1}}, out.begin() + 3) == out.end() &&
           out == std::array{1.0, -1.0, 1.0, 1.0, -1.0};
  }));
}

TEST_CASE("a method may write over the rewards, and rows that belong to no group get 0") {
  std::vector rewards{5.0, 1.0, 7.0};
  elsewhere::rank_advantages(rewards, rewards.begin());
  CHECK(rewards == std::vector{0.0, -2.0, 2.0});
  auto const groups = grouping(std::array{1, 1, 1}).only_rows([](std::size_t row) { return row != 2; });
  CHECK(elsewhere::rank_advantages(rewards, groups) == std::vector{1.0, -1.0, 0.0});
  CHECK_THROWS_AS(elsewhere::rank_advantages(std::vector{1.0}, groups), bellman::invalid_value);
}

TEST_CASE("a method of the batch sees all groups first, however they lie") {
  CHECK(true_at_both_times([] {
    // Means 2 and 5
    return below_best(table{{1, 3}, {5}}) == table{{-4, -2}, {0}} &&
           below_best(std::array{1.0, 5.0, 3.0}, grouping(std::array{1, 2, 1})) == std::vector{-4.0, 0.0, -2.0} &&
           below_best(std::array{1.0, 3.0}) == std::array{-1.0, 1.0};
  }));
}

TEST_CASE("a method may have another column, and answers that are sequences") {
  by_group<elsewhere::less_costs, 2> const net{};
  CHECK(net(std::array{1.0, 2.0}, std::vector{3, 5}) == std::array{-2.0, -3.0});
  CHECK(net(std::array{1.0, 2.0, 3.0}, std::vector{3, 5, 7}, grouping(std::array{1, 2, 1})) ==
        std::vector{-2.0, -3.0, -4.0});
  by_group const less_position{elsewhere::less_position{}};
  CHECK(less_position(table{{1, 1, 1}, {5}}) == table{{1, 0, -1}, {5}});
  CHECK(less_position(table{{1, 1}, {5}}, grouping(std::array{1, 2})) == table{{1, 0}, {5}});
  std::vector<double> out(3);
  CHECK(less_position(table{{1, 1}, {5}}, out.begin()) == out.end());
  CHECK(out == std::vector{1.0, 0.0, 5.0});
  CHECK(less_position(std::vector<table>{{{1, 1}}, {{5}}}) == std::vector<table>{{{1, 0}}, {{5}}});
}

TEST_CASE("what is no form of a call is no call") {
  using ranks = by_group<elsewhere::ranks> const&;
  using numbers = std::vector<double>;
  STATIC_REQUIRE(std::is_invocable_v<ranks, numbers, grouping, double*>);
  STATIC_REQUIRE(!std::is_invocable_v<ranks, numbers, double*, grouping>);
  STATIC_REQUIRE(!std::is_invocable_v<ranks, numbers, int>);
  STATIC_REQUIRE(!std::is_invocable_v<ranks, double>);
  STATIC_REQUIRE(!std::is_invocable_v<ranks, table, grouping>);
  STATIC_REQUIRE(!std::is_invocable_v<ranks, std::vector<table>>);
  STATIC_REQUIRE(!std::is_invocable_v<by_group<elsewhere::less_costs, 2> const&, numbers>);
  STATIC_REQUIRE(!std::is_invocable_v<by_group<elsewhere::less_costs, 2> const&, numbers, table>);
  STATIC_REQUIRE(!std::is_invocable_v<by_group<elsewhere::less_position> const&, numbers>);
}
