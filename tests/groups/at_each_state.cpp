// SPDX-License-Identifier: BSL-1.0
#include <bellman/groups/at_each_state.hpp>

#include <bellman/error.hpp>
#include <bellman/groups/grouping.hpp>
#include <bellman/groups/grpo.hpp>
#include <bellman/groups/of_the_others.hpp>
#include <bellman/groups/rloo.hpp>
#include <bellman/interop/boost_rational.hpp>

#include <array>
#include <limits>
#include <string>
#include <type_traits>
#include <vector>

#include "support/both_times.hpp"
#include "support/catch.hpp"
#include "support/message_of.hpp"

namespace groups_at_each_state_test {

using bellman::at_each_state;
using bellman::grouping;
using bellman::rational;
using bellman::test::message_of;
using bellman::test::true_at_both_times;

using exact = std::vector<std::vector<rational>>;
using table = std::vector<std::vector<double>>;
using states = std::vector<std::vector<int>>;

constexpr at_each_state centred{bellman::dr_grpo};

TEST_CASE("the steps that were taken in one state are a group") {
  CHECK(true_at_both_times([] {
    exact const returns{{1, 5, 2}, {3, 7}, {}};
    // State 4: 1, 2, 7, of mean 10/3; state 6: 5, 3.
    return centred(returns, states{{4, 6, 4}, {6, 4}, {}}) ==
               exact{{rational(-7, 3), 1, rational(-4, 3)}, {-1, rational(11, 3)}, {}} &&
           at_each_state{bellman::rloo}(returns, states{{4, 6, 5}, {6, 4}, {}}) == exact{{-6, 2, 0}, {-2, 6}, {}};
  }));
}

TEST_CASE("a state may be anything that has ==") {
  struct board {
    std::string text;
    bool operator==(board const&) const = default;
  };
  CHECK(centred(table{{1, 5}, {3, 7}}, std::vector<std::vector<std::string>>{{"ab", "c"}, {"c", "ab"}}) ==
        table{{-3, 1}, {-1, 3}});
  CHECK(centred(table{{1, 5}, {3, 7}}, std::vector<std::vector<board>>{{{"ab"}, {"c"}}, {{"c"}, {"ab"}}}) ==
        table{{-3, 1}, {-1, 3}});
  CHECK(centred(table{{1, 5}, {3}}, std::vector<std::vector<bool>>{{true, false}, {true}}) == table{{-1, 0}, {1}});
}

TEST_CASE("equal states of two groups are two") {
  CHECK(true_at_both_times([] {
    exact const rows{{1, 5}, {10}, {3, 7}, {20, 1}};
    states const where{{1, 2}, {1}, {2, 1}, {1, 2}};
    grouping const groups(std::array{7, 8, 7, 8});
    std::vector<rational> out(7);
    return centred(rows, where, groups) == exact{{-3, 1}, {-5}, {-1, 3}, {5, 0}} &&
           centred(rows, where, groups, out.begin()) == out.end() &&
           out == std::vector<rational>{-3, 1, -5, -1, 3, 5, 0};
  }));
  // A row that belongs to no group gets zeros.
  auto const some = grouping(std::array{7, 7, 7}).only_rows([](std::size_t row) { return row != 1; });
  CHECK(centred(table{{1}, {50}, {3}}, states{{1}, {1}, {1}}, some) == table{{-1}, {0}, {1}});
}

TEST_CASE("GiGPO is the advantage of the answer and that of the step") {
  // Two answers of rewards 4 and 2, discounted by 1/2; the first states are equal, the others are not.
  std::vector const rewards{4.0, 2.0};
  table const returns{{2, 4}, {2}};
  auto const of_steps = centred(returns, states{{1, 2}, {1}});
  auto const of_answers = bellman::dr_grpo(rewards);
  table sum = of_steps;
  for (std::size_t i = 0; i < 2; ++i) {
    for (double& a : sum[i]) a = of_answers[i] + 0.5 * a;
  }
  CHECK(sum == table{{1, 1}, {-1}});
}

TEST_CASE("what is wrong in a state is named by its group, sequence and step") {
  double const nan_of = std::numeric_limits<double>::quiet_NaN();
  grouping const groups(std::array{7, 8, 7, 8});
  states const where{{1, 2}, {1}, {2, 1}, {1, 2}};
  table returns{{1, 5}, {10}, {3, 7}, {20, nan_of}};
  auto const begins = [](auto const& body, std::string const& with) { return message_of(body).rfind(with, 0) == 0; };
  CHECK(begins([&] { (void)centred(returns, where, groups); }, "bellman: in group 1, sequence 3, value 1 is "));
  CHECK(begins([&] { (void)centred(returns, where); }, "bellman: sequence 3, value 1 is "));
  returns[3][1] = 3;
  states shorter = where;
  shorter[2].pop_back();
  CHECK(message_of([&] { (void)centred(returns, shorter, groups); }) ==
        "bellman: in group 0, sequence 2 has not as many states as returns; there must be one for each step");
  shorter[2] = {1, 2, 3};
  CHECK(begins([&] { (void)centred(returns, shorter, groups); }, "bellman: in group 0, sequence 2 has not as many "));
  CHECK(begins([&] { (void)centred(table{{1}, {2}}, states{{1}}); }, "bellman: sequence 1 has not as many states"));
  CHECK(begins([&] { (void)centred(table{{1}}, states{{1}, {2}}); }, "bellman: sequence 1 has not as many states"));
  CHECK_THROWS_AS(centred(returns, states{{1}}, groups), bellman::invalid_value);
  CHECK(begins([&] { (void)centred(table{{1}, {2, 3}}, table{{1}, {4, nan_of}}, grouping(std::array{1, 2})); },
               "bellman: in group 1, sequence 1, state 1 is not equal to itself"));
  at_each_state const by_the_others{
      bellman::group_advantages{bellman::leave_one_out{}, bellman::of_the_others{bellman::sample_variance{}}}};
  CHECK(begins([&] { (void)by_the_others(returns, where, groups); },
               "bellman: in group 0, sequence 0, reward 0 differs from its baseline by -6"));
}

TEST_CASE("what has no states beside its steps is refused") {
  using call = decltype(centred) const&;
  STATIC_REQUIRE(std::is_invocable_v<call, table, states>);
  STATIC_REQUIRE(std::is_invocable_v<call, table, states, grouping, double*>);
  STATIC_REQUIRE(!std::is_invocable_v<call, table>);
  STATIC_REQUIRE(!std::is_invocable_v<call, table, grouping>);
  STATIC_REQUIRE(!std::is_invocable_v<call, table, std::vector<int>>);
  struct cannot_be_compared {};
  STATIC_REQUIRE(!std::is_invocable_v<call, table, std::vector<std::vector<cannot_be_compared>>>);
  STATIC_REQUIRE(!std::is_constructible_v<at_each_state<int>, int>);
}

}  // namespace groups_at_each_state_test
