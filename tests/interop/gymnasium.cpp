// SPDX-License-Identifier: BSL-1.0
#include <bellman/interop/gymnasium.hpp>

#include <bellman/interop/boost_rational.hpp>
#include <bellman/planning/solve.hpp>

#include <array>
#include <map>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

#include "support/both_times.hpp"
#include "support/catch.hpp"
#include "support/message_of.hpp"

namespace gymnasium_tests {

using bellman::gymnasium_model;
using bellman::rational;
using bellman::test::message_of;

using row = std::tuple<double, int, double, bool>;
using rows = std::vector<row>;

struct named_row {
  rational probability;
  int next;
  rational reward;
  bool terminated;
};

TEST_CASE("lists of lists of rows are a model, and what is terminated ends") {
  std::vector<std::vector<rows>> const P{
      {rows{{0.5, 1, 0, false}, {0.25, 1, 0, false}, {0.25, 0, 4, true}}, rows{{1, 0, 1, false}}},
      {rows{{1.0, 1, 3, true}}}};
  auto const m = gymnasium_model(P);
  CHECK(m.size() == 3);
  CHECK(m.actions(0).size() == 2);
  CHECK(m.transition(0, 0).size() == 2);
  CHECK(m.transition(0, 0).at(0).probability == 0.75);
  CHECK(m.transition(1, 0).at(0).value.next == m.end());
  CHECK(bellman::solve(m, 0.5).value(0) == 2.125);
}

TEST_CASE("dictionaries, arrays and structs, in a constant expression too") {
  std::map<int, std::map<int, rows>> const P{{1, {{2, rows{{1.0, 1, 3, true}}}}},
                                             {0, {{7, rows{{0.5, 1, 0, false}, {0.5, 0, 4, true}}}}}};
  auto const m = gymnasium_model(P);
  CHECK(m.actions(0)[0] == 7);
  CHECK(m.actions(1)[0] == 2);
  CHECK(bellman::solve(m, 1.0).value(0) == 3.5);
  CHECK(bellman::test::true_at_both_times([] {
    using outcomes = std::array<named_row, 2>;
    outcomes const first{named_row{rational(1, 3), 1, rational(3), false}, {rational(2, 3), 0, rational(6), true}};
    outcomes const second{named_row{rational(1, 2), 1, rational(0), false}, {rational(1, 2), 1, rational(2), true}};
    using actions = std::array<outcomes, 1>;
    actions const of_first{{first}};
    actions const of_second{{second}};
    std::array<actions, 2> const table{{of_first, of_second}};
    return bellman::solve(gymnasium_model(table), rational(1)).value(0) == rational(17, 3);
  }));
}

TEST_CASE("integers are computed with as doubles") {
  std::vector<std::vector<std::vector<std::tuple<int, unsigned, int, bool>>>> const P{{{{1, 0u, 3, true}}}};
  auto const m = gymnasium_model(P);
  STATIC_REQUIRE(std::is_same_v<decltype(m), bellman::explicit_model<double> const>);
  CHECK(bellman::solve(m, 1.0).value(0) == 3);
}

TEST_CASE("what is no table of Gymnasium's is refused") {
  STATIC_REQUIRE_FALSE(std::is_invocable_v<decltype(gymnasium_model), std::vector<rows>>);
  STATIC_REQUIRE_FALSE(std::is_invocable_v<decltype(gymnasium_model), std::vector<std::vector<std::vector<int>>>>);
  STATIC_REQUIRE_FALSE(
      std::is_invocable_v<decltype(gymnasium_model),
                          std::vector<std::vector<std::vector<std::tuple<double, double, int, bool>>>>>);
  STATIC_REQUIRE_FALSE(std::is_invocable_v<decltype(gymnasium_model), int>);
  std::map<int, std::map<int, rows>> const keys{{1, {{0, rows{{1.0, 1, 3, true}}}}}};
  CHECK(message_of([&] { gymnasium_model(keys); }) ==
        "bellman: P has the key 1 among 1 states; they must be 0, 1, 2, ..., each once");
  std::map<int, std::map<int, rows>> const negative_key{{-1, {{0, rows{{1.0, 0, 3, true}}}}}};
  CHECK(message_of([&] { gymnasium_model(negative_key); }) ==
        "bellman: P has the key -1 among 1 states; they must be 0, 1, 2, ..., each once");
  rows const ends{{1.0, 0, 3, true}};
  using keyed_actions = std::vector<std::pair<int, rows>>;
  std::vector<std::pair<int, keyed_actions>> const state_twice{{0, {{0, ends}}}, {0, {{1, ends}}}};
  CHECK(message_of([&] { gymnasium_model(state_twice); }) ==
        "bellman: P has the key 0 among 2 states; they must be 0, 1, 2, ..., each once");
  rows const half{{0.5, 0, 3, true}};
  std::vector<keyed_actions> const action_twice{{{0, half}, {7, half}, {0, half}, {7, half}}};
  CHECK(message_of([&] { gymnasium_model(action_twice); }) ==
        "bellman: P has the key 0 in state 0 twice; it must have each action once");
  std::vector<keyed_actions> const no_rows{{{0, ends}}, {{0, ends}, {-3, rows{}}}};
  CHECK(message_of([&] { gymnasium_model(no_rows); }) ==
        "bellman: P has no row in state 1 for action -3; it must have one at least");
  std::vector<std::vector<rows>> const no_actions{{ends}, {}};
  CHECK(message_of([&] { gymnasium_model(no_actions); }) ==
        "bellman: P has no action in state 1; it must have one at least");
  std::vector<std::vector<rows>> const next{{rows{{1.0, 5, 0, false}}}};
  CHECK(message_of([&] { gymnasium_model(next); }) == "bellman: a transition leads to state 5; there are 1 states");
  std::vector<std::vector<rows>> const negative{{rows{{1.0, -5, 0, false}}}};
  CHECK(message_of([&] { gymnasium_model(negative); }) != "");
  std::vector<std::vector<rows>> const sum{{rows{{0.5, 0, 0, false}}}};
  CHECK(message_of([&] { gymnasium_model(sum); }) ==
        "bellman: P: in state 0, the outcomes of action 0 have probabilities that sum to 0.5; they must sum to 1");
}

}  // namespace gymnasium_tests
