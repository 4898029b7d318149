// SPDX-License-Identifier: BSL-1.0
#include <bellman/planning/solve_average_reward.hpp>

#include <bellman/interop/boost_multiprecision.hpp>
#include <bellman/interop/boost_rational.hpp>
#include <bellman/planning/average_reward.hpp>
#include <bellman/planning/method.hpp>
#include <bellman/scalar/interval.hpp>
#include <bellman/value/bellman_operator.hpp>
#include <bellman/value/certainty_equivalent.hpp>
#include <bellman/value/worst_case.hpp>

#include <array>
#include <cmath>
#include <cstddef>
#include <string>
#include <type_traits>
#include <vector>

#include <rapidcheck.h>

#include "models/listed_mdp.hpp"
#include "models/random_mdp.hpp"
#include "models/two_state_cycle.hpp"
#include "planning/cases.hpp"
#include "planning/contains.hpp"
#include "support/both_times.hpp"
#include "support/catch.hpp"
#include "support/message_of.hpp"

namespace solve_average_reward_tests {

using bellman::average_reward;
using bellman::rational;
using bellman::rational512;
using bellman::solve_average_reward;
using bellman::test::contains;
using bellman::test::cycle;
using bellman::test::message_of;
using bellman::test::one;
using bellman::test::true_at_both_times;
using models::listed_mdp;
using models::mdp_of_rows;

// Howard's toymaker: with a good toy, and with a bad one; action 1 costs something and helps.
template <class R>
constexpr listed_mdp<R> toymaker() {
  auto const tenths = [](int k) { return R(k) / R(10); };
  return mdp_of_rows<R>(2, {{0, 0, tenths(5), 0, R(9)},
                            {0, 0, tenths(5), 1, R(3)},
                            {0, 1, tenths(8), 0, R(4)},
                            {0, 1, tenths(2), 1, R(4)},
                            {1, 0, tenths(4), 0, R(3)},
                            {1, 0, tenths(6), 1, R(-7)},
                            {1, 1, tenths(7), 0, R(1)},
                            {1, 1, tenths(3), 1, R(-19)}});
}

// Howard's taxicab: in three towns to cruise, to wait at a stand or, in two of them, for a call by radio.
template <class R>
constexpr listed_mdp<R> taxicab() {
  std::vector<models::listed_row<R>> rows;
  auto const add = [&](int s, int a, std::array<int, 3> sixteenths, std::array<int, 3> fares) {
    for (int to = 0; to < 3; ++to) {
      auto const i = static_cast<std::size_t>(to);
      rows.push_back({s, a, R(sixteenths[i]) / R(16), to, R(fares[i])});
    }
  };
  add(0, 0, {8, 4, 4}, {10, 4, 8});
  add(0, 1, {1, 12, 3}, {8, 2, 4});
  add(0, 2, {4, 2, 10}, {4, 6, 4});
  add(1, 0, {8, 0, 8}, {14, 0, 18});
  add(1, 1, {1, 14, 1}, {8, 16, 8});
  add(2, 0, {4, 4, 8}, {10, 2, 8});
  add(2, 1, {2, 12, 2}, {6, 4, 2});
  add(2, 2, {12, 1, 3}, {4, 0, 8});
  return mdp_of_rows<R>(3, rows);
}

// Up to four states with up to two actions of up to two outcomes, few enough to try every policy. Actions that stay are
// likely, so that policies with several sets of states that are never left are.
listed_mdp<rational512> random_small_mdp() {
  listed_mdp<rational512> env;
  int const n = *rc::gen::inRange(1, 5);
  for (int s = 0; s < n; ++s) {
    auto& actions = env.outcomes.emplace_back();
    int const m = *rc::gen::inRange(1, 3);
    for (int a = 0; a < m; ++a) {
      auto& outcomes = actions.emplace_back();
      rational512 const p(*rc::gen::inRange(0, 4), 3);
      outcomes.push_back({{rational512(*rc::gen::inRange(-3, 4)), *rc::gen::inRange(0, n)}, p});
      outcomes.push_back({{rational512(*rc::gen::inRange(-3, 4)), s}, rational512(1) - p});
    }
  }
  return env;
}

// The best gain from each state, of all policies that take one action in each: where it is never left a policy is paid
// what it is paid there, and a best policy comes to the best such set that it can come to for certain.
rational512 best_gain_of_all_policies(listed_mdp<rational512> const& env) {
  std::size_t const n = env.outcomes.size();
  std::vector<int> pick(n, 0);
  bool first = true;
  rational512 best(0);
  while (true) {
    auto const policy = [&](int s) { return pick[static_cast<std::size_t>(s)]; };
    for (int s = 0; s < static_cast<int>(n); ++s) {
      if (!message_of([&] { average_reward(env, policy, s); }).empty()) continue;
      rational512 const gain = average_reward(env, policy, s).gain.value;
      if (first || best < gain) best = gain;
      first = false;
    }
    std::size_t k = 0;
    for (; k < n; ++k) {
      if (++pick[k] < static_cast<int>(env.outcomes[k].size())) break;
      pick[k] = 0;
    }
    if (k == n) return best;
  }
}

bool each_state_can_come_to_each(listed_mdp<rational512> const& env) {
  std::size_t const n = env.outcomes.size();
  std::vector<std::vector<bool>> reaches(n, std::vector<bool>(n));
  for (std::size_t s = 0; s < n; ++s) {
    reaches[s][s] = true;
    for (auto const& outcomes : env.outcomes[s]) {
      for (auto const& o : outcomes) {
        if (!(o.probability == rational512(0))) reaches[s][static_cast<std::size_t>(o.value.next)] = true;
      }
    }
  }
  for (std::size_t k = 0; k < n; ++k) {
    for (std::size_t i = 0; i < n; ++i) {
      for (std::size_t j = 0; j < n; ++j) reaches[i][j] = reaches[i][j] || (reaches[i][k] && reaches[k][j]);
    }
  }
  for (auto const& row : reaches) {
    for (bool r : row) {
      if (!r) return false;
    }
  }
  return true;
}

TEST_CASE("the toymaker advertises and does research, as in Howard's book") {
  CHECK(true_at_both_times([] {
    // Howard 1960, chapter 4: gain 2, relative values 10 and 0.
    auto const [gain, bias, policy] = solve_average_reward(toymaker<rational>());
    return gain.value == rational(2) && gain.lower == gain.value && gain.upper == gain.value &&
           bias(0) - bias(1) == rational(10) && policy.action(0) == 1 && policy.action(1) == 1 &&
           policy.optimal_actions(0).size() == 1 &&
           bellman::expectation(policy(1), [](int a) { return rational(a); }) == one;
  }));
}

TEST_CASE("the taxicab waits at its stands, as in Howard's book") {
  // Howard 1960, chapter 5: gain 13.34, relative values -1.18, 12.66 and 0.
  auto const exact = solve_average_reward(taxicab<rational>());
  auto const [gain, bias, policy] = solve_average_reward(taxicab<double>());
  CHECK(std::abs(gain.value - 13.34) < 0.005);
  CHECK(std::abs(bias(0) - bias(2) + 1.18) < 0.005);
  CHECK(std::abs(bias(1) - bias(2) - 12.66) < 0.005);
  for (int s = 0; s < 3; ++s) {
    CHECK(policy.action(s) == 1);
    CHECK(policy.optimal_actions(s).size() == 1);
  }
  double const x = bellman::to_double(exact.gain.value);
  CHECK(gain.lower <= x);
  CHECK(x <= gain.upper);
  CHECK(gain.upper - gain.lower < 1e-13);
}

TEST_CASE("where one may stay for ever or go to where it is better, one goes there") {
  CHECK(true_at_both_times([] {
    // To stay pays most at first in both, so that the first policy has two sets of states that it never leaves.
    models::two_state_cycle<rational> const env{rational(4), rational(0), rational(5), rational(0)};
    auto const [gain, bias, policy] = solve_average_reward(env);
    return gain.value == rational(5) && policy.action(0) == 1 && policy.action(1) == 0 && bias(1) == rational(0) &&
           bias(0) == rational(-5);
  }));
  // Both ways to be paid 1 a step are among the optimal actions.
  auto const [gain, bias, policy] = solve_average_reward(cycle{});
  CHECK(gain.value == one);
  CHECK(policy.optimal_actions(1).size() == 2);
}

TEST_CASE("a best average reward that is not to be had from every state is refused") {
  auto const env = mdp_of_rows<rational>(2, {{0, 0, one, 0, rational(3)}, {1, 0, one, 1, rational(2)}});
  CHECK(contains(message_of([&] { solve_average_reward(env); }),
                 "the best average reward is not the same from every state: a policy was found with the 2 recurrent "
                 "classes {0 (0)}, {1 (1)}, and from state 1 (1) no policy comes to the one that pays best"));
  CHECK(solve_average_reward(env, 1).gain.value == rational(2));
}

TEST_CASE("the best average reward of random models is the best of all policies") {
  CHECK(rc::check("exactly, and in floating point within the bounds", [] {
    auto const env = random_small_mdp();
    std::string const message = message_of([&] { solve_average_reward(env); });
    if (!message.empty()) {
      RC_ASSERT(contains(message, "no policy comes to the one that pays best"));
      RC_ASSERT(!each_state_can_come_to_each(env));
      return;
    }
    auto const [gain, bias, policy] = solve_average_reward(env);
    RC_ASSERT(gain.value == best_gain_of_all_policies(env));
    RC_ASSERT(gain.lower == gain.value && gain.upper == gain.value);
    auto const best = bellman::bellman_optimality(env, rational512(1));
    auto const after = best(bias);
    auto const q = best.action_values(bias);
    for (int s : env.states()) {
      RC_ASSERT(after(s) == gain.value + bias(s));
      for (int a : env.actions(s)) {
        bool listed = false;
        for (int b : policy.optimal_actions(s)) listed = listed || a == b;
        RC_ASSERT(listed == (q(s, a) == after(s)));
      }
    }
    auto const action = [&](int s) { return policy.action(s); };
    for (int s : env.states()) RC_ASSERT(average_reward(env, action, s).gain.value == gain.value);

    listed_mdp<double> rounded;
    for (auto const& actions : env.outcomes) {
      auto& to = rounded.outcomes.emplace_back();
      for (auto const& outcomes : actions) {
        auto& row = to.emplace_back();
        for (auto const& o : outcomes) {
          row.push_back({{bellman::to_double(o.value.reward), o.value.next}, bellman::to_double(o.probability)});
        }
      }
    }
    auto const of_double = solve_average_reward(rounded);
    double const x = bellman::to_double(gain.value);
    RC_ASSERT(of_double.gain.lower <= of_double.gain.value && of_double.gain.value <= of_double.gain.upper);
    // Thirds are rounded, which moves the gain itself.
    RC_ASSERT(of_double.gain.lower <= x + 1e-14 && x - 1e-14 <= of_double.gain.upper);
    RC_ASSERT(of_double.gain.upper - of_double.gain.lower < 1e-12);
    auto const swept = solve_average_reward(rounded, bellman::iteration{1e-9}).gain;
    RC_ASSERT(swept.lower <= x + 1e-14 && x - 1e-14 <= swept.upper);
    RC_ASSERT(swept.lower <= swept.value && swept.value <= swept.upper);
    RC_ASSERT(swept.upper - swept.lower <= 1e-8);
  }));
}

TEST_CASE("what is found by sweeps agrees with what is found by elimination, in a ring too") {
  // From each of many places on to the next, or on to one that pays less; the last step pays for all.
  int const n = 1200;
  std::vector<models::listed_row<double>> rows;
  for (int s = 0; s < n; ++s) {
    rows.push_back({s, 0, 0.5, (s + 1) % n, 1.0 + s % 7});
    rows.push_back({s, 0, 0.5, (s * 37 + 11) % n, 0.0});
    rows.push_back({s, 1, 1.0, (s * 53 + 5) % n, 1.0});
  }
  auto const env = mdp_of_rows<double>(static_cast<std::size_t>(n), rows);
  auto const swept = solve_average_reward(env);
  auto const eliminated = solve_average_reward(env, bellman::elimination{});
  CHECK(swept.gain.lower <= eliminated.gain.upper);
  CHECK(eliminated.gain.lower <= swept.gain.upper);
  CHECK(swept.gain.upper - swept.gain.lower < 1e-8);
  CHECK(eliminated.gain.upper - eliminated.gain.lower < 1e-11);
  CHECK(swept.bias(0) == 0);
  CHECK(std::abs((swept.bias(1) - swept.bias(0)) - (eliminated.bias(1) - eliminated.bias(0))) < 1e-6);
  // Each goes round and round, and never comes to rest by whole steps.
  models::two_state_cycle<double> const periodic{0.0, 3.0, 0.0, -1.0};
  auto const round = solve_average_reward(periodic, bellman::iteration{1e-9});
  CHECK(round.gain.lower <= 1.0);
  CHECK(1.0 <= round.gain.upper);
  CHECK(round.gain.upper - round.gain.lower < 1e-8);
}

TEST_CASE("what solves for the average reward asks for rewards with an order that are certain") {
  using fn = decltype(solve_average_reward);
  STATIC_REQUIRE(std::is_invocable_v<fn, cycle>);
  STATIC_REQUIRE(std::is_invocable_v<fn, cycle, int>);
  STATIC_REQUIRE(std::is_invocable_v<fn, cycle, bellman::elimination>);
  STATIC_REQUIRE(std::is_invocable_v<fn, cycle, int, bellman::iteration>);
  STATIC_REQUIRE_FALSE(std::is_invocable_v<fn, cycle, bellman::worst_case>);
  STATIC_REQUIRE_FALSE(std::is_invocable_v<fn, cycle, std::string>);
  STATIC_REQUIRE_FALSE(std::is_invocable_v<fn, listed_mdp<bellman::interval<double>>>);
}

}  // namespace solve_average_reward_tests
