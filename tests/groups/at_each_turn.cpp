// SPDX-License-Identifier: BSL-1.0
#include <bellman/groups/at_each_turn.hpp>

#include <bellman/error.hpp>
#include <bellman/groups/baseline.hpp>
#include <bellman/groups/group_advantages.hpp>
#include <bellman/groups/grouping.hpp>
#include <bellman/groups/grpo.hpp>
#include <bellman/groups/rloo.hpp>
#include <bellman/groups/unless_alone.hpp>
#include <bellman/interop/boost_rational.hpp>

#include <array>
#include <limits>
#include <list>
#include <string>
#include <type_traits>
#include <vector>

#include "support/both_times.hpp"
#include "support/catch.hpp"
#include "support/message_of.hpp"

namespace groups_at_each_turn_test {

using bellman::at_each_turn;
using bellman::grouping;
using bellman::rational;
using bellman::test::message_of;
using bellman::test::true_at_both_times;

using exact = std::vector<std::vector<rational>>;
using table = std::vector<std::vector<double>>;

constexpr at_each_turn centred{bellman::dr_grpo};

TEST_CASE("at each turn the answers that have one are a group") {
  CHECK(true_at_both_times([] {
    exact const returns{{1, 5}, {3}, {5, 7, 9}, {}};
    // Means 3, 6, 9; of the others 4, 3, 2 and 7, 5.
    at_each_turn const by_others{bellman::rloo};
    at_each_turn const unbiased{bellman::group_advantages{bellman::unless_alone{bellman::leave_one_out{}, 0}}};
    return centred(returns) == exact{{-2, -1}, {0}, {2, 1, 0}, {}} &&
           by_others(returns) == exact{{-3, -2}, {0}, {3, 2, 0}, {}} &&
           unbiased(returns) == exact{{-3, -2}, {0}, {3, 2, 9}, {}};
  }));
}

TEST_CASE("the turns of two groups are not mixed, in any form of a call") {
  CHECK(true_at_both_times([] {
    exact const rows{{1, 5}, {10}, {3, 7}, {20, 1}};
    grouping const groups(std::array{7, 8, 7, 8});
    std::vector<rational> out(7);
    return centred(rows, groups) == exact{{-1, -1}, {-5}, {1, 1}, {5, 0}} &&
           centred(std::vector<exact>{{{1, 5}, {3, 7}}, {{10}, {20, 1}}}) ==
               std::vector<exact>{{{-1, -1}, {1, 1}}, {{-5}, {5, 0}}} &&
           centred(rows, groups, out.begin()) == out.end() && out == std::vector<rational>{-1, -1, -5, 1, 1, 5, 0};
  }));
  CHECK(centred(std::list<std::list<int>>{{1, 2}, {3}}) == table{{-1, 0}, {1}});
}

TEST_CASE("where every answer has one turn it is the method") {
  std::vector const rewards{1.0, 4.0, 2.0, 9.0};
  table one_turn;
  for (double const r : rewards) one_turn.push_back({r});
  auto const a = at_each_turn{bellman::grpo}(one_turn);
  auto const expected = bellman::grpo(rewards);
  for (std::size_t i = 0; i < 4; ++i) CHECK(a[i] == std::vector{expected[i]});
}

TEST_CASE("what is wrong at a turn is named by its group, sequence and turn") {
  double const infinity = std::numeric_limits<double>::infinity();
  table const returns{{1, 5}, {3}, {5, infinity}, {2}};
  grouping const groups(std::array{7, 8, 7, 8});
  auto const begins = [](auto const& body, std::string const& with) { return message_of(body).rfind(with, 0) == 0; };
  CHECK(begins([&] { (void)centred(returns, groups); }, "bellman: in group 0, sequence 2, value 1 is inf"));
  CHECK(begins([&] { (void)centred(returns); }, "bellman: sequence 2, value 1 is inf"));
  CHECK(begins([&] { (void)centred(std::vector<table>{{{1}}, returns}); },
               "bellman: in group 1, sequence 2, value 1 is inf"));
  at_each_turn const by_nothing{
      bellman::group_advantages{bellman::group_mean{}, [](auto const& s) { return s.mean - s.mean; }}};
  CHECK(begins([&] { (void)by_nothing(table{{1, 5}, {3}, {2, 6}, {2, 1, 7}}, groups); },
               "bellman: in group 0, sequence 0, reward 0 differs from its baseline by -0.5"));
}

TEST_CASE("what is no method of rows, or no sequences, is refused") {
  using call = decltype(centred) const&;
  STATIC_REQUIRE(std::is_invocable_v<call, table, grouping>);
  STATIC_REQUIRE(!std::is_invocable_v<call, std::vector<double>>);
  STATIC_REQUIRE(!std::is_invocable_v<call, table, table>);
  STATIC_REQUIRE(!std::is_invocable_v<call, std::vector<std::vector<std::string>>>);
  STATIC_REQUIRE(!std::is_invocable_v<at_each_turn<bellman::group_mean> const&, table>);
  STATIC_REQUIRE(!std::is_constructible_v<at_each_turn<int>, int>);
}

}  // namespace groups_at_each_turn_test
