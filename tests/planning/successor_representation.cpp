// SPDX-License-Identifier: BSL-1.0
#include <bellman/planning/successor_representation.hpp>

#include <bellman/interop/boost_multiprecision.hpp>
#include <bellman/interop/boost_rational.hpp>
#include <bellman/planning/discounted_occupancy.hpp>
#include <bellman/planning/state_value.hpp>

#include <cstddef>
#include <string>
#include <type_traits>

#include <rapidcheck.h>

#include "models/random_mdp.hpp"
#include "models/token_tree.hpp"
#include "planning/cases.hpp"
#include "planning/chains.hpp"
#include "planning/contains.hpp"
#include "support/both_times.hpp"
#include "support/catch.hpp"
#include "support/message_of.hpp"

namespace {

using bellman::rational;
using bellman::rational512;
using bellman::successor_representation;
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

void obeys_its_laws(models::random_model<rational512> const& model, rational512 const& gamma) {
  auto const m = successor_representation(model.env, model.policy, gamma);
  auto const v = bellman::state_value(model.env, model.policy, gamma);
  int const n = static_cast<int>(model.env.outcomes.size());
  auto const all = m.matrix();
  for (int s = 0; s < n; ++s) {
    auto const row = m.row(s);
    auto const occupancy = bellman::discounted_occupancy(model.env, model.policy, gamma, s);
    RC_ASSERT(row.expected_reward() == v(s));
    for (int to = 0; to < n; ++to) {
      RC_ASSERT(row(to) == occupancy(to));
      RC_ASSERT(m.column(to)(s) == row(to));
      RC_ASSERT(m(s, to) == row(to));
      RC_ASSERT(all[static_cast<std::size_t>(s)][static_cast<std::size_t>(to)] == row(to));
      // M = I + gamma P M
      rational512 later(0);
      for (auto const& a : model.policy.weights[static_cast<std::size_t>(s)]) {
        for (auto const& o : model.env.transition(s, a.value)) {
          later = later + gamma * a.probability * o.probability * m(o.value.next, to);
        }
      }
      RC_ASSERT(m(s, to) == rational512(s == to ? 1 : 0) + later);
    }
  }
}

}  // namespace

TEST_CASE("a successor representation says how often each state comes after each") {
  CHECK(true_at_both_times([] {
    auto const m = successor_representation(cycle{}, go_round, rational(1, 2));
    return m(0, 0) == rational(4, 3) && m(0, 1) == rational(2, 3) && m(1, 0) == rational(2, 3) &&
           m.row(0)(1) == rational(2, 3) && m.row(0)(1, 1) == rational(2, 3) && m.column(1)(0) == rational(2, 3) &&
           m.matrix()[1][1] == rational(4, 3) && m.table().size() == 2;
  }));
}

TEST_CASE("a fair gambler's fundamental matrix is that of the book") {
  // Kemeny and Snell, Finite Markov Chains, section 3.3: 2 min(i, j) (n - max(i, j)) / n; to win has the probability
  // i/n.
  CHECK(true_at_both_times([] {
    auto const m = successor_representation(gambler(4, rational(1, 2)), only_action, one);
    for (int i = 1; i < 4; ++i) {
      for (int j = 1; j < 4; ++j) {
        int const low = i < j ? i : j;
        int const high = i < j ? j : i;
        if (!(m(i, j) == rational(2 * low * (4 - high), 4)) || !(m.column(j)(i) == m(i, j))) return false;
      }
      if (!(m(i, 4) == rational(i, 4)) || !(m.column(4)(i) == m(i, 4))) return false;
    }
    return m(4, 4) == one && m(4, 3) == rational(0) && m.column(0)(0) == one && m.column(0)(4) == rational(0);
  }));
}

TEST_CASE("a successor representation is one of all states, or of what the policy comes to") {
  auto const stays = [](int) { return 0; };
  CHECK(contains(message_of([&] { successor_representation(cycle{}, stays, one); }), "the policy never ends"));
  auto const writes_ab = [](answer const& s) { return s.size == 0 ? 'a' : s.size == 1 ? 'b' : '.'; };
  auto const m = successor_representation(tree{}, writes_ab, rational(1, 2), answer{});
  CHECK(m.table().size() == 4);
  CHECK(m(answer{}, answer{}.followed_by('a')) == rational(1, 2));
  CHECK(contains(message_of([&] { successor_representation(cycle{}, go_round, rational(1, 2))(0, 2); }),
                 "the state 2 is not among the 2 states"));
}

TEST_CASE("random successor representations obey their laws") {
  CHECK(rc::check("with a discount below 1", [] {
    obeys_its_laws(models::random_mdp<rational512>(models::endings::some), rational512(*rc::gen::inRange(0, 10), 10));
  }));
  CHECK(rc::check("without a discount", [] {
    obeys_its_laws(models::random_mdp<rational512>(models::endings::after_every_action), rational512(1));
  }));
}

TEST_CASE("a successor representation asks for a policy, a discount and perhaps where to begin") {
  using policy = int (*)(int);
  using fn = decltype(successor_representation);
  STATIC_REQUIRE(std::is_invocable_v<fn, cycle, policy, rational>);
  STATIC_REQUIRE(std::is_invocable_v<fn, cycle, policy, rational, int>);
  STATIC_REQUIRE_FALSE(std::is_invocable_v<fn, cycle, policy, double>);
  STATIC_REQUIRE_FALSE(std::is_invocable_v<fn, cycle, int, rational>);
  STATIC_REQUIRE_FALSE(std::is_invocable_v<fn, cycle, policy, rational, std::string>);
}
