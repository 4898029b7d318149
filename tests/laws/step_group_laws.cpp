// SPDX-License-Identifier: BSL-1.0

// What baselines of each turn and of each state do to the gradient of a policy, by listing every group of answers that
// the policy can give. In each model the policy has one parameter p, the probability of one of two actions of every
// state; an answer is the steps it takes.
#include <bellman/groups/at_each_state.hpp>
#include <bellman/groups/at_each_turn.hpp>
#include <bellman/groups/baseline.hpp>
#include <bellman/groups/group_advantages.hpp>
#include <bellman/groups/grpo.hpp>
#include <bellman/groups/rloo.hpp>
#include <bellman/groups/unless_alone.hpp>
#include <bellman/interop/boost_rational.hpp>

#include <cstddef>
#include <vector>

#include "support/both_times.hpp"
#include "support/catch.hpp"

namespace laws_step_group_laws_test {

using bellman::rational;
using bellman::test::at_run_time;
using bellman::test::true_at_both_times;

struct step_taken {
  int state;
  rational score;  // d log pi / dp
  rational reward;
};
struct answer {
  rational probability;
  std::vector<step_taken> steps;
};
using answers = std::vector<answer>;

constexpr step_taken taken(int state, rational const& p, rational const& reward) { return {state, 1 / p, reward}; }
constexpr step_taken not_taken(int state, rational const& p, rational const& reward) {
  return {state, -1 / (1 - p), reward};
}

// Go on or stop, which pays `stopped`; in the state `second`, to which going on leads, right or wrong.
constexpr answers two_turns(rational const& p, int second, rational const& stopped, rational const& right,
                            rational const& wrong) {
  return {{1 - p, {not_taken(0, p, stopped)}},
          {p * p, {taken(0, p, 0), taken(second, p, right)}},
          {p * (1 - p), {taken(0, p, 0), not_taken(second, p, wrong)}}};
}
// The same, but going on leads to a rare state or to a common one, by chance.
constexpr answers rare_and_common() {
  rational const p(1, 2);
  rational const rare(1, 4);
  return {{1 - p, {not_taken(0, p, 1)}},
          {rare * p * p, {taken(0, p, 0), taken(1, p, 8)}},
          {rare * p * (1 - p), {taken(0, p, 0), not_taken(1, p, 0)}},
          {(1 - rare) * p * p, {taken(0, p, 0), taken(2, p, 0)}},
          {(1 - rare) * p * (1 - p), {taken(0, p, 0), not_taken(2, p, 4)}}};
}
// J = (1 - p) 16/3 + p^2 9, whose derivative at 1/3 is 6 - 16/3 = 2/3.
constexpr answers of_gradient_two_thirds(int second) {
  return two_turns(rational(1, 3), second, rational(16, 3), 9, 0);
}

constexpr std::vector<rational> returns_of(answer const& a) {
  std::vector<rational> all(a.steps.size(), rational(0));
  rational after(0);
  for (std::size_t t = a.steps.size(); t-- > 0;) {
    after = after + a.steps[t].reward;
    all[t] = after;
  }
  return all;
}

// The part of the gradient that the steps of one state have: the mean of their scores times their returns.
constexpr rational gradient_in(answers const& all, int state) {
  rational g(0);
  for (auto const& a : all) {
    auto const returns = returns_of(a);
    for (std::size_t t = 0; t < returns.size(); ++t) {
      if (a.steps[t].state == state) g += a.probability * a.steps[t].score * returns[t];
    }
  }
  return g;
}
constexpr rational gradient_of(answers const& all) {
  return gradient_in(all, 0) + gradient_in(all, 1) + gradient_in(all, 2);
}

// f(the numbers of n answers, their probability) for every group of n.
template <class Function>
constexpr void for_every_group(answers const& all, std::size_t n, Function const& f) {
  std::vector<std::size_t> group(n, 0);
  while (true) {
    rational weight(1);
    for (std::size_t const a : group) weight *= all[a].probability;
    f(group, weight);
    std::size_t i = 0;
    while (i < n && group[i] + 1 == all.size()) group[i++] = 0;
    if (i == n) return;
    ++group[i];
  }
}

// The expectation of (1 / n) sum_i sum_t advantage_it score_it.
template <class Advantages>
constexpr rational expected_gradient(answers const& all, std::size_t n, Advantages const& advantages) {
  rational total(0);
  for_every_group(all, n, [&](auto const& group, rational const& weight) {
    std::vector<std::vector<rational>> returns;
    std::vector<std::vector<int>> states;
    for (std::size_t const a : group) {
      returns.push_back(returns_of(all[a]));
      states.emplace_back();
      for (auto const& step : all[a].steps) states.back().push_back(step.state);
    }
    auto const of_steps = advantages(returns, states);
    for (std::size_t i = 0; i < n; ++i) {
      for (std::size_t t = 0; t < returns[i].size(); ++t) {
        total += weight * of_steps[i][t] * all[group[i]].steps[t].score / static_cast<int>(n);
      }
    }
  });
  return total;
}
template <class Method>
constexpr rational gradient_at_each_turn(answers const& all, std::size_t n, Method const& method) {
  return expected_gradient(all, n,
                           [&](auto const& returns, auto const&) { return bellman::at_each_turn{method}(returns); });
}
template <class Method>
constexpr rational gradient_at_each_state(answers const& all, std::size_t n, Method const& method) {
  return expected_gradient(
      all, n, [&](auto const& returns, auto const& states) { return bellman::at_each_state{method}(returns, states); });
}

constexpr bellman::group_advantages left_out_or_0{bellman::unless_alone{bellman::leave_one_out{}, 0}};

// The mean of f(how many of the n - 1 others come to a state).
template <class Function>
constexpr rational mean_over_the_others(answers const& all, std::size_t n, int state, Function const& f) {
  rational mean(0);
  for_every_group(all, n - 1, [&](auto const& others, rational const& weight) {
    int come = 0;
    for (std::size_t const a : others) {
      for (auto const& step : all[a].steps) come += step.state == state ? 1 : 0;
    }
    mean += weight * f(come);
  });
  return mean;
}
template <class Function>
constexpr rational weighted_gradient(answers const& all, std::size_t n, Function const& f) {
  rational g(0);
  for (int state = 0; state < 3; ++state) g += mean_over_the_others(all, n, state, f) * gradient_in(all, state);
  return g;
}

// Where no answer comes to a state twice.
constexpr bool others_or_0_leave_the_gradient(answers const& all, std::size_t n) {
  return gradient_at_each_state(all, n, left_out_or_0) == gradient_of(all);
}
constexpr bool leaving_one_out_weighs_a_state_by_whether_others_come(answers const& all, std::size_t n) {
  return gradient_at_each_state(all, n, bellman::rloo) ==
         weighted_gradient(all, n, [](int come) { return rational(come > 0 ? 1 : 0); });
}
constexpr bool the_mean_weighs_a_state_by_how_many_come(answers const& all, std::size_t n) {
  return gradient_at_each_state(all, n, bellman::dr_grpo) ==
         weighted_gradient(all, n, [](int come) { return rational(come, come + 1); });
}

TEST_CASE("of each turn, the others' mean or 0 leaves the gradient as it is") {
  CHECK(true_at_both_times([] {
    auto const all = of_gradient_two_thirds(1);
    return gradient_of(all) == rational(2, 3) && gradient_at_each_turn(all, 2, left_out_or_0) == rational(2, 3);
  }));
  auto const all = at_run_time(of_gradient_two_thirds(1));
  CHECK(gradient_at_each_turn(all, 3, left_out_or_0) == rational(2, 3));
  CHECK(gradient_at_each_turn(all, 4, left_out_or_0) == rational(2, 3));
  CHECK(gradient_at_each_turn(rare_and_common(), 3, left_out_or_0) == gradient_of(rare_and_common()));
}

// The first turn's part of the gradient is -7/3, the second's 3, and one answer of three comes to the second turn. Left
// out among two, a second turn that nobody else has teaches nothing: -7/3 + 3/3 = -4/3. With the mean the parts count
// 1/2 and 1/2 1/3: -7/6 + 1/2.
TEST_CASE("of each turn, leaving one out or the mean can make the gradient point the other way") {
  CHECK(true_at_both_times([] {
    auto const all = of_gradient_two_thirds(1);
    return gradient_in(all, 0) == rational(-7, 3) && gradient_in(all, 1) == rational(3) &&
           gradient_at_each_turn(all, 2, bellman::dr_grpo) == rational(-2, 3);
  }));
  auto const all = at_run_time(of_gradient_two_thirds(1));
  CHECK(gradient_at_each_turn(all, 2, bellman::rloo) == rational(-4, 3));
  CHECK(gradient_at_each_turn(all, 3, bellman::rloo) == rational(-2, 3));
  // Without a baseline nothing turns it.
  CHECK(gradient_at_each_turn(all, 2, bellman::group_advantages{bellman::no_baseline{}}) == rational(2, 3));
}

TEST_CASE("of each state, what is left of the gradient is what the table says") {
  CHECK(true_at_both_times([] { return others_or_0_leave_the_gradient(of_gradient_two_thirds(1), 2); }));
  CHECK(true_at_both_times(
      [] { return leaving_one_out_weighs_a_state_by_whether_others_come(of_gradient_two_thirds(1), 2); }));
  CHECK(true_at_both_times([] { return the_mean_weighs_a_state_by_how_many_come(of_gradient_two_thirds(1), 2); }));
  CHECK(gradient_of(at_run_time(rare_and_common())) == 1);
  for (auto const& all : {at_run_time(rare_and_common()), at_run_time(of_gradient_two_thirds(1)),
                          at_run_time(two_turns(rational(2, 5), 2, 1, -3, 7))}) {
    CHECK(others_or_0_leave_the_gradient(all, 3));
    CHECK(leaving_one_out_weighs_a_state_by_whether_others_come(all, 3));
    CHECK(the_mean_weighs_a_state_by_how_many_come(all, 3));
  }
  // The true one is 1; neither is a factor of it that the number of answers alone would give.
  CHECK(gradient_at_each_state(rare_and_common(), 2, bellman::rloo) == rational(17, 16));
  CHECK(gradient_at_each_state(rare_and_common(), 2, bellman::dr_grpo) == rational(17, 32));
  CHECK(gradient_at_each_state(rare_and_common(), 3, bellman::rloo) == rational(105, 128));
  CHECK(gradient_at_each_state(rare_and_common(), 3, bellman::dr_grpo) == rational(241, 384));
}

// Going on leads back to the first state: the return from there on, which depends on going on, is in its own baseline.
TEST_CASE("of a state to which an answer comes twice, no baseline of the state leaves the gradient as it is") {
  CHECK(true_at_both_times(
      [] { return gradient_at_each_state(of_gradient_two_thirds(0), 2, left_out_or_0) == rational(1, 9); }));
  auto const all = at_run_time(of_gradient_two_thirds(0));
  CHECK(gradient_of(all) == rational(2, 3));
  CHECK(gradient_at_each_state(all, 1, left_out_or_0) == rational(-16, 3));
  CHECK(gradient_at_each_state(all, 2, bellman::rloo) == rational(1, 9));
  CHECK(gradient_at_each_state(all, 2, bellman::dr_grpo) == rational(7, 54));
  CHECK(gradient_at_each_state(all, 3, left_out_or_0) == rational(103, 405));
  CHECK(gradient_at_each_state(all, 3, bellman::dr_grpo) == rational(32, 135));
}

}  // namespace laws_step_group_laws_test
