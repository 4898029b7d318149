// SPDX-License-Identifier: BSL-1.0

#include <bellman/groups/group_methods.hpp>
#include <bellman/groups/grouping.hpp>
#include <bellman/groups/groups_with_signal.hpp>
#include <bellman/groups/optimal_token_baseline.hpp>

#include <cstddef>
#include <limits>
#include <list>
#include <ranges>
#include <string>
#include <vector>

#include "support/catch.hpp"
#include "support/message_of.hpp"

namespace {

using bellman::grouping;
using bellman::test::message_of;
using table = std::vector<std::vector<double>>;

double const not_a_number = std::numeric_limits<double>::quiet_NaN();
double const infinity = std::numeric_limits<double>::infinity();

bool begins(std::string const& text, std::string const& with) { return text.rfind(with, 0) == 0; }

// Rows of two questions in turn. Row 5 is the third of the second group, group 1.
std::vector<double> const rewards{1, 0, 1, 0, 1, not_a_number, 0, 1};
grouping const in_turn(std::vector{7, 9, 7, 9, 7, 9, 7, 9});

}  // namespace

// The second row of the second group is row 5 of the batch.
TEST_CASE("a reward that is no number is named by its row of the batch") {
  grouping const groups(std::vector{7, 7, 7, 7, 9, 9, 9, 9});
  auto const names_row_5 = [](auto const& body) { return message_of(body).find(" 5 is") != std::string::npos; };
  CHECK(names_row_5([&] { (void)bellman::grpo(rewards, groups); }));
  CHECK(names_row_5([&] { (void)bellman::rloo(rewards, groups); }));
  CHECK(names_row_5([&] { (void)bellman::groups_with_signal(rewards, groups); }));
}

TEST_CASE("where the rows of groups lie in turn, the row of the batch and the group are named") {
  auto const names_it = [](auto const& body, std::string const& what = "value") {
    return begins(message_of(body), "bellman: in group 1, " + what + " 5 is ");
  };
  CHECK(names_it([&] { (void)bellman::grpo(rewards, in_turn); }));
  CHECK(names_it([&] { (void)bellman::dr_grpo(rewards, in_turn); }));
  CHECK(names_it([&] { (void)bellman::reinforce(rewards, in_turn); }));
  CHECK(names_it([&] { (void)bellman::best_of_group(rewards, in_turn); }));
  CHECK(names_it([&] { (void)bellman::gpg(rewards, in_turn); }, "reward"));
  CHECK(names_it([&] { (void)bellman::whiten(rewards, in_turn); }));
  CHECK(names_it([&] { (void)bellman::groups_with_signal(rewards, in_turn); }, "reward"));
  std::vector<double> out(8);
  CHECK(names_it([&] { (void)bellman::grpo(rewards, in_turn, out.begin()); }));
  std::vector<int> const lengths(8, 3);
  CHECK(names_it([&] { (void)bellman::opo(rewards, lengths, in_turn); }));
  CHECK(names_it([&] { (void)bellman::reinforce_plus_plus_baseline(rewards, lengths, in_turn); }));
  // The group is that of the grouping at hand: of which the first is gone here.
  auto const rest = in_turn.only_rows([](std::size_t row) { return row % 2 == 1; });
  CHECK(begins(message_of([&] { (void)bellman::grpo(rewards, rest); }), "bellman: in group 0, value 5 is "));
  // Rewards that are read by value.
  auto const halves = rewards | std::views::transform([](double r) { return r / 2; });
  CHECK(names_it([&] { (void)bellman::grpo(halves, in_turn); }));
}

TEST_CASE("a weight is named by its row, a scale by the reward that would be divided by it") {
  std::vector<double> const good{1, 0, 1, 0, 1, 0.5, 0, 1};
  std::vector<double> weights(8, 1.0);
  weights[6] = -1.0;
  CHECK(message_of([&] { (void)bellman::opo(good, weights, in_turn); }) ==
        "bellman: in group 0, weight 6 is -1; it must be a finite number from 0 on");
  CHECK(message_of([&] { (void)bellman::reinforce_plus_plus_baseline(good, weights, in_turn); }) ==
        "bellman: in group 0, weight 6 is -1; it must be a finite number from 0 on");
  // The squares of group 1 overflow: its rewards are 0 and +-1e300.
  std::vector<double> const wide{1, 0, 1, 0, 1, 1e300, 0, -1e300};
  CHECK(begins(message_of([&] { (void)bellman::grpo(wide, in_turn); }),
               "bellman: in group 1, reward 5 differs from its baseline by "));
  bellman::group_advantages const by_nothing{bellman::group_mean{}, [](auto const& s) { return s.mean - s.mean; }};
  CHECK(begins(message_of([&] { (void)by_nothing(good, in_turn); }),
               "bellman: in group 0, reward 0 differs from its baseline by "));
}

TEST_CASE("in a range of groups the group and the answer are named") {
  table const groups{{1, 0}, {}, {0, 1, not_a_number}};
  auto const names_it = [](auto const& body, std::string const& what = "value") {
    return begins(message_of(body), "bellman: in group 2, " + what + " 2 is ");
  };
  CHECK(names_it([&] { (void)bellman::grpo(groups); }));
  CHECK(names_it([&] { (void)bellman::whiten(groups); }));
  CHECK(names_it([&] { (void)bellman::best_of_group(groups); }));
  CHECK(names_it([&] { (void)bellman::gpg(groups); }, "reward"));
  std::vector<double> out(5);
  CHECK(names_it([&] { (void)bellman::rloo(groups, out.begin()); }));
  CHECK(names_it([&] { (void)bellman::rloo(std::list<std::list<double>>{{1, 0}, {}, {0, 1, not_a_number}}); }));
  CHECK(names_it([&] { (void)bellman::remax(groups, 0.5); }));
  CHECK(begins(message_of([] {
                 (void)bellman::best_of_group(table{{1, 0}, {3}});
               }),
               "bellman: in group 1, answer 0 is alone"));
  CHECK(begins(message_of([] {
                 (void)bellman::best_of_group(std::vector{1.0, 0.0, 3.0}, grouping(std::vector{4, 4, 5}));
               }),
               "bellman: in group 1, answer 2 is alone"));
}

TEST_CASE("in one group, whose place is that in the batch, no group is named") {
  CHECK(message_of([] { (void)bellman::grpo(rewards); }) == message_of([] { (void)bellman::whiten(rewards); }));
  CHECK(begins(message_of([] { (void)bellman::grpo(rewards); }), "bellman: value 5 is "));
}

TEST_CASE("sequences are named by their row of the batch, and their tokens") {
  table returns{{1, 2}, {3}, {4}, {5, 6, 7}};
  table norms{{1, 1}, {1}, {1}, {1, 1, 1}};
  grouping const groups(std::vector{7, 9, 7, 9});
  returns[3][2] = infinity;
  CHECK(begins(message_of([&] { (void)bellman::optimal_token_advantages(returns, norms, groups); }),
               "bellman: in group 1, sequence 3, token 2: its return is "));
  returns[3][2] = 7;
  norms[2][0] = -1;
  CHECK(begins(message_of([&] { (void)bellman::optimal_token_advantages(returns, norms, groups); }),
               "bellman: in group 0, sequence 2, token 0: its squared norm is -1"));
  norms[2][0] = 1;
  norms[3].pop_back();
  CHECK(begins(message_of([&] { (void)bellman::optimal_token_advantages(returns, norms, groups); }),
               "bellman: in group 1, sequence 3 has not as many returns as squared norms"));
  CHECK(begins(message_of([] {
                 (void)bellman::reinforce_plus_plus(table{{1, 2}, {0, 1, not_a_number, 1}}, 0.5);
               }),
               "bellman: sequence 1, token 2: its reward is "));
}

TEST_CASE("of several rewards the objective is named, its row and the group") {
  table objectives{{1, 0, 1, 0}, {2, 3, 4, 5}};
  grouping const groups(std::vector{7, 9, 7, 9});
  std::vector weights{1.0, 2.0};
  objectives[1][3] = not_a_number;
  CHECK(begins(message_of([&] { (void)bellman::gdpo(objectives, weights, groups); }),
               "bellman: objective 1: in group 1, reward 3 is "));
  // What belongs to no group is not looked at.
  auto const without = groups.only_rows([](std::size_t row) { return row != 3; });
  CHECK(message_of([&] { (void)bellman::gdpo(objectives, weights, without); }).empty());
  weights[1] = infinity;
  CHECK(begins(message_of([&] { (void)bellman::gdpo(objectives, weights, groups); }),
               "bellman: the weight of objective 1 is inf"));
}
