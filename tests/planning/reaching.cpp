// SPDX-License-Identifier: BSL-1.0
#include <bellman/planning/reaching.hpp>

#include <bellman/interop/boost_multiprecision.hpp>
#include <bellman/interop/boost_rational.hpp>
#include <bellman/planning/discounted_occupancy.hpp>
#include <bellman/planning/solve.hpp>
#include <bellman/planning/state_value.hpp>
#include <bellman/planning/tabulate.hpp>
#include <bellman/probability/uniform.hpp>

#include <array>
#include <cmath>
#include <cstddef>
#include <string>
#include <type_traits>
#include <vector>

#include <rapidcheck.h>

#include "models/listed_mdp.hpp"
#include "models/random_mdp.hpp"
#include "models/token_tree.hpp"
#include "planning/cases.hpp"
#include "planning/chains.hpp"
#include "planning/contains.hpp"
#include "support/both_times.hpp"
#include "support/catch.hpp"
#include "support/message_of.hpp"

namespace {

using bellman::expected_steps;
using bellman::expected_total;
using bellman::highest;
using bellman::lowest;
using bellman::probability_to_reach;
using bellman::rational;
using bellman::rational512;
using bellman::test::contains;
using bellman::test::cycle;
using bellman::test::gambler;
using bellman::test::go_round;
using bellman::test::message_of;
using bellman::test::one;
using bellman::test::only_action;
using bellman::test::tree;
using bellman::test::true_at_both_times;
using models::answer;
using models::mdp_of_rows;

constexpr auto is_last = [](int s) { return s == 5; };
constexpr auto is_one = [](int s) { return s == 1; };
constexpr auto is_none = [](int) { return false; };

// From 0 one may stay, or try: 1/3 to win in 1, 1/3 to lose in 2, where one stays, or ends in 3.
constexpr auto try_or_stay() {
  rational const third(1, 3);
  return mdp_of_rows<rational>(4, {{0, 0, one, 0, rational(0)},
                                   {0, 1, third, 1, one},
                                   {0, 1, third, 2, one},
                                   {0, 1, third, 3, one},
                                   {1, 0, one, 1, rational(0)},
                                   {2, 0, one, 2, rational(0)}});
}

}  // namespace

TEST_CASE("a gambler is ruined with the probability of the closed form, after the time of the closed form") {
  CHECK(true_at_both_times([] {
    // Feller, section XIV.2: fair, s/n to win, after s (n - s) games.
    auto const wins = probability_to_reach(gambler(5, rational(1, 2)), only_action, is_last);
    auto const games = expected_steps(gambler(5, rational(1, 2)), only_action, [](int s) { return s == 0 || s == 5; });
    for (int s = 0; s <= 5; ++s) {
      if (!(wins(s) == rational(s, 5)) || !(games(s) == rational(s * (5 - s)))) return false;
    }
    return wins.error_bound() == rational(0);
  }));
  CHECK(true_at_both_times([] {
    // With 2/3 in his favour: (1 - 2^-s) / (1 - 2^-n).
    auto const wins = probability_to_reach(gambler(5, rational(2, 3)), only_action, is_last);
    return wins(2) == rational(24, 31) && wins(1) == rational(16, 31);
  }));
}

TEST_CASE("the largest and the least probability have policies that attain them") {
  CHECK(true_at_both_times([] {
    auto const [most, tries] = probability_to_reach(try_or_stay(), highest{}, is_one);
    auto const [least, stays] = probability_to_reach(try_or_stay(), lowest{}, is_one);
    return most(0) == rational(1, 3) && most(1) == one && most(2) == rational(0) && most(3) == rational(0) &&
           least(0) == rational(0) && least(1) == one && tries.action(0) == 1 && stays.action(0) == 0 &&
           stays.optimal_actions(0).size() == 1 && tries.optimal_actions(1).empty() && most.lower(0) == most.upper(0);
  }));
}

TEST_CASE("what goes on for ever or ends elsewhere does not come to a set") {
  auto const stay = [](int) { return 0; };
  CHECK(probability_to_reach(cycle{}, stay, is_one)(0) == rational(0));
  CHECK(probability_to_reach(cycle{}, go_round, is_one)(0) == one);
  CHECK(probability_to_reach(try_or_stay(), [](int s) { return s == 0 ? 1 : 0; }, is_one)(0) == rational(1, 3));
  CHECK(probability_to_reach(cycle{}, highest{}, is_none).value(0) == rational(0));
}

TEST_CASE("expected steps ask that the set is reached for certain") {
  CHECK(true_at_both_times([] {
    auto const [fewest, policy] = expected_steps(cycle{}, lowest{}, is_one);
    return fewest(0) == one && fewest(1) == rational(0) && policy.action(0) == 1;
  }));
  CHECK(contains(message_of([] { expected_steps(cycle{}, highest{}, is_one); }),
                 "from state 0 (0) a policy that never ends does better"));
  CHECK(contains(message_of([] { expected_steps(cycle{}, [](int) { return 0; }, is_one); }),
                 "from state 0 (0) on, the policy never ends"));
  // To end in 3 or to stay in 2 is not to come to 1.
  CHECK(contains(message_of([] { expected_steps(try_or_stay(), lowest{}, is_one); }), "no policy ends"));
  CHECK(contains(message_of([] { expected_steps(gambler(5, rational(1, 2)), only_action, is_last); }),
                 "from state 0 (0) on, the policy never ends"));
}

TEST_CASE("an expected total is what is paid until a set or the end") {
  CHECK(true_at_both_times([] {
    auto const games = expected_total(gambler(5, rational(1, 2)), only_action, is_last);
    return games(2) == rational(-6) && games(0) == rational(0);
  }));
  CHECK(true_at_both_times([] {
    auto const [least, policy] = expected_total(try_or_stay(), lowest{}, is_none,
                                                bellman::automatic{0, bellman::resting::worth_nothing});
    return least(0) == rational(0) && policy.action(0) == 0;
  }));
  auto const [most, policy] = expected_total(try_or_stay(), highest{}, is_none,
                                             bellman::automatic{0, bellman::resting::worth_nothing});
  CHECK(most(0) == one);
  CHECK(policy.action(0) == 1);
}

TEST_CASE("what is asked of an environment without a list is asked from a start, and of a table of its numbers") {
  auto const writes = [](answer const& s) { return bellman::uniform(std::array{'a', s.size == 2 ? '.' : 'b'}); };
  auto const aa = [](answer const& s) { return s == answer{}.followed_by('a').followed_by('a'); };
  CHECK(probability_to_reach(tree{}, writes, aa, answer{})(answer{}) == rational(1, 4));
  CHECK(probability_to_reach(tree{}, highest{}, aa, answer{}, bellman::elimination{}).value(answer{}) == one);
  auto const t = bellman::tabulate(gambler(5, rational(1, 2)));
  auto const wins = probability_to_reach(t, only_action, [](bellman::index_t s) { return s == 5; });
  CHECK(wins(2u) == rational(2, 5));
}

TEST_CASE("random probabilities, steps and totals agree with the values that they are readings of") {
  CHECK(rc::check("exactly", [] {
    auto const model = models::random_mdp<rational512>(models::endings::some);
    int const n = static_cast<int>(model.env.outcomes.size());
    int const to = *rc::gen::inRange(0, n);
    auto const in = [&](int s) { return s == to; };
    auto const p = probability_to_reach(model.env, model.policy, in);
    auto const most = probability_to_reach(model.env, highest{}, in);
    auto const least = probability_to_reach(model.env, lowest{}, in);
    // The least fixed point: what n sweeps from 0 find positive is reached, and the equations hold.
    for (int s = 0; s < n; ++s) {
      RC_ASSERT(!(p(s) < least.value(s)) && !(most.value(s) < p(s)));
      RC_ASSERT(!(least.value(s) < rational512(0)) && !(rational512(1) < most.value(s)));
      if (in(s)) {
        RC_ASSERT(p(s) == rational512(1));
        continue;
      }
      auto const arrives = [&](auto const& of, int a) {
        rational512 total(0);
        for (auto const& o : model.env.transition(s, a)) total = total + o.probability * of(o.value.next);
        return total;
      };
      rational512 of_policy(0);
      for (auto const& a : model.policy.weights[static_cast<std::size_t>(s)]) {
        of_policy = of_policy + a.probability * arrives(p, a.value);
      }
      RC_ASSERT(p(s) == of_policy);
      for (int a : model.env.actions(s)) {
        RC_ASSERT(!(most.value(s) < arrives(most.value, a)));
        RC_ASSERT(!(arrives(least.value, a) < least.value(s)));
      }
    }
    // The policies have what they promise.
    auto const highest_action = [&](int s) { return in(s) ? 0 : most.policy.action(s); };
    auto const lowest_action = [&](int s) { return in(s) ? 0 : least.policy.action(s); };
    auto const of_highest = probability_to_reach(model.env, highest_action, in);
    auto const of_lowest = probability_to_reach(model.env, lowest_action, in);
    for (int s = 0; s < n; ++s) {
      RC_ASSERT(of_highest(s) == most.value(s));
      RC_ASSERT(of_lowest(s) == least.value(s));
    }
  }));
  CHECK(rc::check("and where all ends", [] {
    auto const model = models::random_mdp<rational512>(models::endings::after_every_action);
    int const n = static_cast<int>(model.env.outcomes.size());
    auto const end = [&](int s) { return s == n - 1; };
    auto const value = bellman::state_value(model.env, model.policy, rational512(1));
    auto const best = bellman::solve(model.env, rational512(1)).value;
    auto const total = expected_total(model.env, model.policy, end);
    auto const most = expected_total(model.env, highest{}, is_none).value;
    auto const least = expected_total(model.env, lowest{}, end).value;
    auto negative = model.env;
    for (auto& actions : negative.outcomes) {
      for (auto& outcomes : actions) {
        for (auto& o : outcomes) o.value.reward = -o.value.reward;
      }
    }
    auto const of_negative = bellman::solve(negative, rational512(1)).value;
    auto const steps = expected_steps(model.env, model.policy, end);
    for (int s = 0; s < n; ++s) {
      RC_ASSERT(total(s) == value(s));
      RC_ASSERT(most(s) == best(s));
      RC_ASSERT(least(s) == -of_negative(s));
      RC_ASSERT(probability_to_reach(model.env, model.policy, end)(s) == rational512(1));
      // The number of steps is that of all visits.
      auto const visits = bellman::discounted_occupancy(model.env, model.policy, rational512(1), s);
      rational512 all(0);
      for (int other = 0; other + 1 < n; ++other) all = all + visits(other);
      RC_ASSERT(steps(s) == all);
    }
  }));
}

TEST_CASE("in floating point probabilities come with bounds that hold") {
  for (double p : {0.25, 0.5, 0.75}) {
    auto const env = gambler(40, p);
    auto const is_40 = [](int s) { return s == 40; };
    auto const exact =
        probability_to_reach(gambler(40, rational512(static_cast<long long>(4 * p), 4)), only_action, is_40);
    auto const wins = probability_to_reach(env, only_action, is_40);
    auto const least = probability_to_reach(env, lowest{}, is_40).value;
    for (int s = 0; s <= 40; ++s) {
      double const x = bellman::to_double(exact(s));
      CHECK(wins.lower(s) <= x);
      CHECK(x <= wins.upper(s));
      CHECK(least.lower(s) <= x);
      CHECK(x <= least.upper(s));
    }
    CHECK(wins.error_bound() < 1e-12);
    CHECK(least.error_bound() < 1e-12);
  }
}

TEST_CASE("what is asked about a set asks for a policy or a side, and for the set") {
  using policy = int (*)(int);
  using set = bool (*)(int);
  using fn = decltype(probability_to_reach);
  STATIC_REQUIRE(std::is_invocable_v<fn, cycle, policy, set>);
  STATIC_REQUIRE(std::is_invocable_v<fn, cycle, highest, set>);
  STATIC_REQUIRE(std::is_invocable_v<fn, cycle, lowest, set, int, bellman::automatic>);
  STATIC_REQUIRE_FALSE(std::is_invocable_v<fn, cycle, int, set>);
  STATIC_REQUIRE_FALSE(std::is_invocable_v<fn, cycle, policy, int>);
  STATIC_REQUIRE_FALSE(std::is_invocable_v<fn, cycle, policy, std::string (*)(int)>);
  STATIC_REQUIRE_FALSE(std::is_invocable_v<fn, cycle, policy, set, std::string>);
  STATIC_REQUIRE_FALSE(std::is_invocable_v<decltype(expected_steps), int, policy, set>);
  STATIC_REQUIRE_FALSE(std::is_invocable_v<decltype(expected_total), cycle, set, policy, double>);
}
