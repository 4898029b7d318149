// SPDX-License-Identifier: BSL-1.0
#include <bellman/planning/state_value.hpp>

#include <bellman/error.hpp>
#include <bellman/interop/boost_rational.hpp>

#include <limits>

#include "models/listed_mdp.hpp"
#include "models/token_tree.hpp"
#include "models/two_state_cycle.hpp"
#include "planning/cases.hpp"
#include "planning/contains.hpp"
#include "support/both_times.hpp"
#include "support/catch.hpp"
#include "support/message_of.hpp"

namespace {

using bellman::rational;
using bellman::state_value;
using bellman::test::contains;
using bellman::test::cycle;
using bellman::test::go_round;
using bellman::test::message_of;
using bellman::test::one;
using bellman::test::tree;
using bellman::test::true_at_both_times;
using models::answer;
using models::mdp_of_rows;

constexpr auto first = [](auto const&) { return 0; };

}  // namespace

TEST_CASE("a state value solves the equation of its policy") {
  CHECK(true_at_both_times([] {
    // Going round: V(0) = (3 - g) / (1 - g^2), V(1) = (3 g - 1) / (1 - g^2).
    auto const v = state_value(cycle{}, go_round, rational(1, 2));
    return v(0) == rational(10, 3) && v(1) == rational(2, 3);
  }));
}

TEST_CASE("the value of a policy is solved from the state that is asked for, or from a start") {
  CHECK(true_at_both_times([] {
    auto const writes_ab = [](answer const& s) { return s.size == 0 ? 'a' : s.size == 1 ? 'b' : '.'; };
    auto const v = state_value(tree{}, writes_ab, rational(1, 2));
    auto const from_a = state_value(tree{}, writes_ab, rational(1, 2), answer{}.followed_by('a'));
    // -1/10 (1 + 1/2 + 1/4) + 1/4
    return v(answer{}) == rational(3, 40) && from_a(answer{}.followed_by('a')) == rational(7, 20) &&
           from_a.table().size() == 3 + 7;
  }));
}

TEST_CASE("without a discount, a policy that is paid must end, and the first state from which it does not is named") {
  auto const stay = [](int) { return 0; };
  CHECK(message_of([&] { state_value(cycle{}, stay, one); }) ==
        "bellman: from state 1 (1) on, the policy never ends, and with a discount of 1 its return has no value; the "
        "discount must be below 1, or every state must lead to a terminal one");
  CHECK(contains(message_of([&] { state_value(cycle{}, go_round, one); }), "the policy never ends"));
  // From 0 it ends; from 1 it does not, but nothing leads there.
  auto const env = mdp_of_rows<rational>(3, {{0, 0, one, 2, rational(5)}, {1, 0, one, 1, rational(1)}});
  CHECK(contains(message_of([&] { state_value(env, first, one); }), "state 1 (1) on, the policy never ends"));
  CHECK(state_value(env, first, one, 0)(0) == rational(5));
}

TEST_CASE("without a discount, a policy that goes round and is never paid again is worth 0") {
  CHECK(true_at_both_times([] {
    // Staying in 0 pays nothing; 1 leads there, and 2 to 1.
    auto const env = mdp_of_rows<rational>(3, {{0, 0, one, 0, rational(0)},
                                               {1, 0, one, 0, rational(7)},
                                               {2, 0, rational(1, 2), 1, rational(1)},
                                               {2, 0, rational(1, 2), 2, rational(1)}});
    auto const v = state_value(env, first, one);
    return v(0) == rational(0) && v(1) == rational(7) && v(2) == rational(9) && v.error_bound() == rational(0);
  }));
}

TEST_CASE("without a discount, a policy that may go round but ends in the end has a value") {
  CHECK(true_at_both_times([] {
    // Ends with probability 1/4 a step, each of which pays 1.
    auto const env = mdp_of_rows<rational>(2, {{0, 0, rational(3, 4), 0, one}, {0, 0, rational(1, 4), 1, one}});
    return state_value(env, first, one)(0) == rational(4);
  }));
}

TEST_CASE("a state value is refused a discount outside of 0 to 1") {
  for (double g : {-0.1, 1.1, std::numeric_limits<double>::quiet_NaN()}) {
    CHECK_THROWS_AS(state_value(models::two_state_cycle<double>{}, first, g), bellman::invalid_value);
  }
}

TEST_CASE("a state value has bounds, says why it stopped, and what that took") {
  auto const env = mdp_of_rows<double>(2, {{0, 0, 0.75, 0, 1.0}, {0, 0, 0.25, 1, 1.0}});
  auto const v = state_value(env, first, 1.0);
  CHECK(v.lower(0) <= 4.0);
  CHECK(v.upper(0) >= 4.0);
  CHECK(v.error_bound() < 1e-12);
  CHECK(v.stopped() == bellman::stop::certified);
  CHECK(v.sweeps() >= 1);
  CHECK(v.sweeps() < 10);
  CHECK(v.upper(1) == 0.0);
}

TEST_CASE("a row whose decimals add up to a little more than one is as if it were divided by its sum") {
  // Where no reward is below 0, no value is.
  auto const env = [](double p) {
    return mdp_of_rows<double>(
        3, {{0, 0, p, 0, 1.0}, {0, 0, 1 - p, 1, 1.0}, {1, 0, p, 0, 1.0}, {1, 0, 1.0000000005 - p, 2, 1.0}});
  };
  for (double p : {0.5, 0.9, 0.999, 0.9999999, 0.999999999}) {
    auto const v = state_value(env(p), first, 1.0);
    CHECK(v.lower(0) >= 1.0);
    CHECK(v.lower(1) >= 1.0);
  }
}
