// SPDX-License-Identifier: BSL-1.0
#include <algorithm>
#include <array>
#include <cstddef>
#include <string>
#include <vector>

#include "games/program.hpp"
#include "support/answered.hpp"
#include "support/catch.hpp"

namespace {

auto run(std::vector<std::string> const& arguments) {
  return bellman::test::answered([](auto const& given, auto&... streams) { return games::run(given, streams...); },
                                 arguments);
}

games::board board(std::string const& text) { return games::board_in(text).value(); }

}  // namespace

TEST_CASE("a heap loses what is taken, and the last is paid") {
  games::nim const game{5};
  games::heaps const s{{3, 0, 1}, true};
  CHECK(game.actions(s).size() == 4);
  CHECK(game.transition(s, {0, 2}).value().next == games::heaps{{1, 0, 1}, false});
  CHECK(game.transition(s, {0, 2}).value().reward == 0);
  CHECK(game.transition({{0, 2, 0}, true}, {1, 2}).value().reward == 1);
  CHECK(game.transition({{0, 2, 0}, false}, {1, 2}).value().reward == -1);
  CHECK(games::nim{5, true}.transition({{0, 2, 0}, true}, {1, 2}).value().reward == -1);
  CHECK(games::wins_by_theory({{1, 1, 0}, true}, true));
  CHECK(!games::wins_by_theory({{1, 1, 0}, true}, false));
  CHECK(!games::wins_by_theory({{2, 2, 0}, true}, true));
}

TEST_CASE("a board knows whose turn it is, and a line") {
  CHECK(games::x_moves(games::board{}));
  CHECK(!games::x_moves(board("X........")));
  CHECK(games::with(board("X........"), 4) == board("X...O...."));
  CHECK(games::has_a_line(board("X.OX.OX.."), 'X'));
  CHECK(!games::has_a_line(board("X.OX.OX.."), 'O'));
  CHECK(games::has_a_line(board("O.XXO.X.O"), 'O'));
  games::tic_tac_toe<int> const game{{1, 0, -1}};
  CHECK(game.transition(board("XX.OO...."), 2).value().reward == 1);
  CHECK(game.transition(board("XX.OO.X.."), 5).value().reward == -1);
  CHECK(game.transition(board("XX.OO...."), 8).value().reward == 0);
  CHECK(!games::board_in("XX......."));
  CHECK(!games::board_in("O........"));
  CHECK(!games::board_in("X......."));
  CHECK(!games::board_in("x........"));
}

TEST_CASE("everything that is said holds") {
  auto const a = run({});
  CHECK(a.err == "");
  CHECK(a.status == 0);
  CHECK(a.out.find("NO ") == std::string::npos);
  CHECK(a.out.find("5,478") != std::string::npos);
  CHECK(a.out.find("737/1260") != std::string::npos);
}

TEST_CASE("Tic-tac-toe is counted by playing it in every order of the cells") {
  // Who moves by chance plays a random order of the cells until a line is there: each of the 9! orders is as likely.
  constexpr std::array<std::array<std::size_t, 3>, 8> lines{
      {{0, 1, 2}, {3, 4, 5}, {6, 7, 8}, {0, 3, 6}, {1, 4, 7}, {2, 5, 8}, {0, 4, 8}, {2, 4, 6}}};
  constexpr std::size_t boards = 19'683;  // 3^9: a cell is a digit, 0 if it is empty, 1 for X, 2 for O
  constexpr std::array<std::size_t, 9> digit{1, 3, 9, 27, 81, 243, 729, 2187, 6561};
  std::vector<bool> met(boards);
  met[0] = true;
  std::array<std::vector<bool>, 3> ends;  // in a draw, won by X, won by O
  ends.fill(std::vector<bool>(boards));
  std::array<int, 3> ended{};
  std::array<std::size_t, 9> order{0, 1, 2, 3, 4, 5, 6, 7, 8};
  do {
    std::array<std::size_t, 9> cells{};
    std::size_t code = 0;
    std::size_t winner = 0;
    for (std::size_t move = 0; move < 9 && winner == 0; ++move) {
      std::size_t const who = 1 + move % 2;
      cells[order[move]] = who;
      code += who * digit[order[move]];
      met[code] = true;
      for (auto const& line : lines) {
        if (cells[line[0]] == who && cells[line[1]] == who && cells[line[2]] == who) winner = who;
      }
    }
    ends[winner][code] = true;
    ++ended[winner];
  } while (std::next_permutation(order.begin(), order.end()));
  auto const count = [](std::vector<bool> const& all) {
    return static_cast<std::size_t>(std::count(all.begin(), all.end(), true));
  };
  int const all = ended[0] + ended[1] + ended[2];
  CHECK(all == 362'880);
  auto const f = games::find_out(board("........."));
  CHECK(f.positions == count(met));
  CHECK(f.drawn == count(ends[0]));
  CHECK(f.x_has_won == count(ends[1]));
  CHECK(f.o_has_won == count(ends[2]));
  CHECK(f.by_chance ==
        std::array{games::fraction(ended[1], all), games::fraction(ended[0], all), games::fraction(ended[2], all)});
}

TEST_CASE("moves are judged on the board that is given") {
  // X must take the cell that both lines need, and does so.
  auto const f = games::find_out(board("XX.OO...."));
  CHECK(f.shown_value == games::fraction(1));
  for (auto const& m : f.moves) CHECK(m.best == (m.cell == 2));
  // O can hold a draw only in the centre.
  auto const g = games::find_out(board("X........"));
  CHECK(g.shown_value == games::fraction(0));
  for (auto const& m : g.moves) {
    CHECK(m.best == (m.cell == 4));
    CHECK(m.value == games::fraction(m.cell == 4 ? 0 : 1));
  }
  CHECK(games::find_out(board("XXX.OO...")).moves.empty());
  CHECK(run({"--board", "X...O...."}).out.find("a draw; X moves") != std::string::npos);
}

TEST_CASE("what is wrong with what is given is said") {
  CHECK(run({"--board", "OO......."}).err.find("expected nine of X, O and .") != std::string::npos);
  auto const both = run({"--board", "XXXOOO..."});
  CHECK(both.status == 2);
  CHECK(both.err.find("cannot come about") != std::string::npos);
  CHECK(run({"--board"}).status == 2);
  CHECK(run({"--what"}).err.find("--what") != std::string::npos);
  CHECK(run({"--help"}).out.find("--board") != std::string::npos);
}
