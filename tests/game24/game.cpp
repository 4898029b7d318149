// SPDX-License-Identifier: BSL-1.0

#include "game24/game.hpp"

#include "game24/numbers.hpp"
#include "game24/solution.hpp"
#include "support/catch.hpp"

#include <bellman/probability/distribution.hpp>
#include <bellman/probability/uniform.hpp>

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <string>
#include <vector>

using game24::move;
using game24::numbers;
using game24::position;
using game24::rational;

namespace {

constexpr bool counts_moves() {
  return game24::move_list(numbers({4, 5, 6, 10})).size() == 36 && game24::move_list(numbers({4, 5, 6})).size() == 18 &&
         game24::move_list(numbers({4, 5})).size() == 6 && game24::move_list(numbers({4})).size() == 0 &&
         game24::move_list(numbers({0, 5})).size() == 5 && game24::move_list(numbers({0, 0})).size() == 4;
}

constexpr bool plays() {
  position const s = numbers({10, 6, 5, 4});
  return s == numbers({4, 5, 6, 10}) && s.hash() == numbers({4, 5, 6, 10}).hash() && !(s == numbers({4, 5, 6})) &&
         game24::play(s, {3, 0, '-'}) == numbers({5, 6, 6}) && game24::play(s, {0, 3, '-'}) == numbers({-6, 5, 6}) &&
         game24::play(s, {0, 2, '/'}) == numbers({rational(2, 3), 5, 10}) &&
         game24::play(s, {1, 2, '*'}) == numbers({4, 10, 30}) && game24::play(s, {0, 1, '+'}) == numbers({6, 9, 10});
}

constexpr bool rewards() {
  constexpr game24::game env{};
  auto const won = env.transition(numbers({20, 4}), {0, 1, '+'}).value();
  auto const lost = env.transition(numbers({20, 4}), {0, 1, '*'}).value();
  auto const early = env.transition(numbers({1, 4, 6}), {1, 2, '*'}).value();  // 24, but a number is left
  return won.reward == rational(1) && lost.reward == rational(0) && early.reward == rational(0) &&
         env.terminal(won.next) && env.terminal(lost.next) && !env.terminal(early.next);
}

std::vector<std::string> winning_first_moves(game24::solved_game const& game, position const& s) {
  std::vector<std::string> texts;
  for (auto const& m : game.moves(s)) {
    if (!m.loses()) texts.push_back(to_text(s, m.made));
  }
  return texts;
}

}  // namespace

TEST_CASE("the rules of the game are the same in a constant expression and at run time") {
  STATIC_REQUIRE(counts_moves());
  STATIC_REQUIRE(plays());
  STATIC_REQUIRE(rewards());
  CHECK(counts_moves());
  CHECK(plays());
  CHECK(rewards());
}

TEST_CASE("there are as many ways to draw four numbers from thirteen as multisets") {
  CHECK(game24::deals().size() == 16 * 15 * 14 * 13 / 24);
}

TEST_CASE("a deal is four whole numbers from 1 to 13") {
  CHECK(game24::read_deal("4 5 6 10") == numbers({4, 5, 6, 10}));
  CHECK(game24::read_deal("  10 6\t5   4 ") == numbers({4, 5, 6, 10}));
  for (std::string const text : {"", "4", "4 5 6", "4 5 6 10 11", "0 5 6 10", "4 5 6 14", "4 5 6 -1", "4 5 6 1.5",
                                 "4,5,6,7", "4 5 6 x", "4 5 6 10x", "99999999999999999999 1 1 1"}) {
    CHECK(!game24::read_deal(text));
  }
}

TEST_CASE("moves read as a person would write them") {
  position const s = numbers({rational(-1), rational(2, 3), rational(4)});
  CHECK(to_text(s) == "-1 2/3 4");
  CHECK(to_text(s, move{2, 0, '-'}) == "4 - (-1) = 5");
  CHECK(to_text(s, move{1, 2, '*'}) == "(2/3) * 4 = 8/3");
}

TEST_CASE("the solved game agrees with what is known of it") {
  static game24::solved_game const game;

  SECTION("1362 puzzles can reach 24, and the game that they make has a known size") {
    CHECK(game.puzzles().size() == 1362);
    CHECK(game.states() == 97833);
    CHECK(game.action_slots() == 538787);
    CHECK(game.winnable_states() == 3065);
  }

  SECTION("random play wins with known probabilities") {
    CHECK(game.uniform_value(numbers({4, 5, 6, 10})) == rational(17, 3888));
    CHECK(game.uniform_value(numbers({1, 1, 4, 6})) == rational(433, 9720));
  }

  SECTION("puzzles with one solution have one first move") {
    CHECK(winning_first_moves(game, numbers({3, 3, 8, 8})) == std::vector<std::string>{"8 / 3 = 8/3"});
    CHECK(winning_first_moves(game, numbers({1, 5, 5, 5})) == std::vector<std::string>{"1 / 5 = 1/5"});
    CHECK(!game.is_puzzle(numbers({1, 1, 1, 1})));
  }

  SECTION("what every puzzle obeys") {
    for (position const& s : game.puzzles()) {
      auto const moves = game.moves(s);
      rational mean(0);
      rational losing(0);
      long long slots = 0;
      bool some_move_wins = false;
      for (auto const& m : moves) {
        auto const n = static_cast<long long>(m.slots);
        slots += n;
        mean += m.uniform_advantage * n;
        if (m.loses()) losing += n;
        some_move_wins = some_move_wins || !m.loses();
        REQUIRE(m.optimal_value - m.optimal_advantage == rational(1));
        REQUIRE((m.loses() ? m.uniform_value == rational(0) : m.uniform_value > rational(0)));
      }
      REQUIRE(slots == 36);
      REQUIRE(some_move_wins);
      REQUIRE(mean == rational(0));
      REQUIRE(game.losing_by_chance(s) == losing / slots);
      position end = s;
      for (move const m : game.winning_line(s)) end = play(end, m);
      REQUIRE(game24::is_24(end));
    }
  }
}
