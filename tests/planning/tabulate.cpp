// SPDX-License-Identifier: BSL-1.0
#include <bellman/planning/tabulate.hpp>

#include <bellman/decision/outcome.hpp>
#include <bellman/interop/boost_rational.hpp>
#include <bellman/probability/dirac.hpp>
#include <bellman/probability/distribution.hpp>
#include <bellman/probability/uniform.hpp>

#include <array>
#include <concepts>
#include <limits>
#include <ranges>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "models/listed_mdp.hpp"
#include "models/recycling_robot.hpp"
#include "models/token_tree.hpp"
#include "planning/cases.hpp"
#include "support/both_times.hpp"
#include "support/catch.hpp"
#include "support/message_of.hpp"

namespace {

using bellman::index_t;
using bellman::rational;
using bellman::tabulate;
using bellman::test::message_of;
using bellman::test::one;
using bellman::test::tree;
using bellman::test::true_at_both_times;
using models::answer;
using models::battery;
using models::deed;
using models::listed_mdp;

// An environment of two states whose only action in state 0 has these outcomes.
template <class R>
listed_mdp<R> with_outcomes(std::vector<typename listed_mdp<R>::point> outcomes) {
  return {{{std::move(outcomes)}, {}}};
}

}  // namespace

TEST_CASE("outcomes with one next state add up, and those without probability are left out") {
  CHECK(true_at_both_times([] {
    using point = listed_mdp<rational>::point;
    listed_mdp<rational> const env{
        {{{point{{rational(4), 1}, rational(1, 4)}, point{{rational(9), 0}, rational(0)},
           point{{rational(1), 0}, rational(1, 2)}, point{{rational(8), 1}, rational(1, 4)}}},
         {}}};
    auto const t = tabulate(env);
    auto const next = t.successors(0);
    return t.transitions() == 2 && next[0] == 1 && next[1] == 0 && t.reward(0) == rational(7, 2) &&
           (*t.transition(0, 0).begin()).probability == rational(1, 2) && t.terminal(1) && t.actions(1).empty();
  }));
}

TEST_CASE("an environment without a list is tabulated from where it begins, breadth first") {
  CHECK(true_at_both_times([] {
    auto const t = tabulate(tree{});
    auto const rest = tabulate(tree{}, answer{}.followed_by('a').followed_by('b'));
    return t.size() == 22 && t.slots() == 21 && t.state(0) == answer{} && t.state(1) == answer{}.followed_by('a') &&
           t.state(21) == answer{{'b', 'b', '.'}, 3} && rest.size() == 4 && !rest.contains(answer{}) &&
           rest.contains(answer{{'a', 'b', '.'}, 3});
  }));
}

TEST_CASE("a table may begin in a distribution over states or in a range of them") {
  CHECK(true_at_both_times([] {
    answer const a{{'a', 'a', ' '}, 2};
    answer const b{{'b', 'b', ' '}, 2};
    auto const by_chance = tabulate(tree{}, bellman::uniform(std::array{a, b}));
    auto const both = tabulate(tree{}, std::array{a, b, a});
    return by_chance.size() == 8 && both.size() == 8 && both.index(b) == 1;
  }));
}

TEST_CASE("a table of a table is the table") {
  auto const t = tabulate(models::recycling_robot<double>{});
  STATIC_REQUIRE(std::same_as<decltype(tabulate(t)), std::remove_const_t<decltype(t)>>);
  CHECK(tabulate(t).size() == 2);
}

TEST_CASE("transitions that are no distributions are refused by state, action, value and range") {
  using point = listed_mdp<double>::point;
  auto const message = [](std::vector<point> outcomes) {
    return message_of([&] { tabulate(with_outcomes<double>(std::move(outcomes))); });
  };
  CHECK(message({point{{0.0, 1}, 0.5}}) ==
        "bellman: in state 0 (0), the outcomes of action 0 have probabilities that sum to 0.5; "
        "they must sum to 1");
  CHECK(message({point{{0.0, 1}, 1.5}, point{{0.0, 0}, -0.5}}) ==
        "bellman: in state 0 (0), action 0 has an outcome of probability -0.5; it must lie in [0, 1]");
  CHECK(message({point{{0.0, 1}, std::numeric_limits<double>::quiet_NaN()}}).find("probability nan") !=
        std::string::npos);
  CHECK(message({point{{0.0, 7}, 1.0}}) ==
        "bellman: in state 0 (0), action 0 leads to a state that states() does not list");
  CHECK(message({}).find("sum to 0;") != std::string::npos);
  CHECK(message({point{{0.0, 1}, 1.0}}).empty());
}

TEST_CASE(
    "probabilities that sum to one within the tolerance are divided by their sum, and the mean reward with them") {
  using point = listed_mdp<double>::point;
  auto const t = tabulate(with_outcomes<double>({point{{2.0, 1}, 0.5}, point{{2.0, 0}, 0.5000000008}}));
  auto const p = t.probabilities();
  CHECK(p[0] < 0.5);
  CHECK(p[0] + p[1] >= 1 - 1e-15);
  CHECK(p[0] + p[1] <= 1 + 1e-15);
  CHECK(t.reward(0) >= 2 - 1e-15);
  CHECK(t.reward(0) <= 2 + 1e-15);
}

TEST_CASE("exact probabilities must sum to one exactly") {
  using point = listed_mdp<rational>::point;
  auto const almost = with_outcomes<rational>({point{{one, 1}, rational(999'999'999, 1'000'000'000)}});
  CHECK(message_of([&] { tabulate(almost); }).find("sum to 999999999/1000000000") != std::string::npos);
}

TEST_CASE("states that are listed twice and states without actions are refused") {
  struct corridor {
    using state_type = std::string;
    using action_type = int;
    using reward_type = double;
    std::vector<std::string> list;
    auto states() const { return list; }
    auto actions(std::string const&) const { return std::views::iota(0, 1); }
    bool terminal(std::string const& s) const { return s == "end"; }
    auto transition(std::string const&, int) const { return bellman::dirac{bellman::outcome{1.0, std::string("end")}}; }
  };
  CHECK(message_of([] {
          tabulate(corridor{{"a", "b", "a", "end"}});
        }) == "bellman: states() lists state 0 again at place 2; each must be listed once");
  CHECK(message_of([] {
          tabulate(corridor{{"a", "b"}});
        }).find("state 0 (\"a\"), action 0 leads to") != std::string::npos);
  struct dead_end : corridor {
    auto actions(std::string const& s) const { return std::views::iota(0, s == "b" ? 0 : 1); }
  };
  CHECK(message_of([] {
          tabulate(dead_end{{{"a", "b", "end"}}});
        }) == "bellman: state 1 (\"b\") is not terminal and has no actions; it needs at least one");
}

TEST_CASE("a policy is written down as one probability for each slot") {
  CHECK(true_at_both_times([] {
    auto const t = tabulate(models::recycling_robot<rational>{});
    auto const pi = tabulate(t, [](battery s) { return s == battery::high ? deed::wait : deed::recharge; });
    auto const any =
        tabulate(t, [](battery s) { return bellman::uniform(models::recycling_robot<rational>{}.actions(s)); });
    auto const by_number = tabulate(t, [](index_t s) { return s == 0 ? index_t{1} : index_t{4}; });
    for (index_t slot = 0; slot < 5; ++slot) {
      if (pi.probability(slot) != rational(slot == 1 || slot == 4 ? 1 : 0)) return false;
      if (any.probability(slot) != (slot < 2 ? rational(1, 2) : rational(1, 3))) return false;
      if (by_number.probability(slot) != pi.probability(slot)) return false;
    }
    return true;
  }));
}

TEST_CASE("a policy may name actions in any order, and more than once") {
  CHECK(true_at_both_times([] {
    auto const t = tabulate(models::recycling_robot<rational>{});
    auto const pi = tabulate(t, [](battery) {
      return std::array{bellman::weighted{deed::wait, rational(1, 4)}, bellman::weighted{deed::search, rational(1, 2)},
                        bellman::weighted{deed::wait, rational(1, 4)}};
    });
    for (index_t slot = 0; slot < 4; ++slot) {
      if (pi.probability(slot) != rational(1, 2)) return false;
    }
    return pi.probability(4) == rational(0);
  }));
}

TEST_CASE("policies that are no distributions or name other actions are refused by state and value") {
  auto const t = tabulate(models::recycling_robot<double>{});
  auto const message = [&](auto const& policy) { return message_of([&] { tabulate(t, policy); }); };
  auto const mixed = [](double p, double q) {
    return [=](battery) { return std::array{bellman::weighted{deed::search, p}, bellman::weighted{deed::wait, q}}; };
  };
  CHECK(message(mixed(0.5, 0.25)) ==
        "bellman: in state 0 (0) the policy's probabilities sum to 0.75; they must sum to 1");
  CHECK(message(mixed(1.25, -0.25)) ==
        "bellman: in state 0 (0) the policy gives probability -0.25; it must lie in [0, 1]");
  CHECK(message([](battery) { return deed::recharge; }) ==
        "bellman: in state 0 (0) the policy names action 2, which is not among the actions of that state");
  // To give an action that is not there no probability is no mistake.
  CHECK(message([](battery) {
          return std::array{bellman::weighted{deed::search, 1.0}, bellman::weighted{deed::recharge, 0.0}};
        }).empty());
}
