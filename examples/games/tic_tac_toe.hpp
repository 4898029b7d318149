// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/decision/outcome.hpp>
#include <bellman/probability/dirac.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace games {

/// Nine cells, row by row from above, each `X`, `O` or `.`; X begins.
struct board {
  std::array<char, 9> cells{'.', '.', '.', '.', '.', '.', '.', '.', '.'};

  friend constexpr bool operator==(board const&, board const&) = default;
  constexpr std::size_t hash() const {
    std::size_t h = 0;
    for (char const c : cells) h = 3 * h + (c == 'X' ? 2 : c == 'O' ? 1 : 0);
    return h;
  }
  /// For messages of the library too.
  std::string str() const { return std::string(cells.begin(), cells.end()); }
  constexpr int count(char what) const { return static_cast<int>(std::ranges::count(cells, what)); }
};

constexpr bool x_moves(board const& s) { return s.count('X') == s.count('O'); }

constexpr bool has_a_line(board const& s, char who) {
  constexpr std::size_t lines[8][3]{{0, 1, 2}, {3, 4, 5}, {6, 7, 8}, {0, 3, 6},
                                    {1, 4, 7}, {2, 5, 8}, {0, 4, 8}, {2, 4, 6}};
  return std::ranges::any_of(lines, [&](auto const& line) {
    return s.cells[line[0]] == who && s.cells[line[1]] == who && s.cells[line[2]] == who;
  });
}

constexpr board with(board s, int cell) {
  char const who = x_moves(s) ? 'X' : 'O';
  s.cells[static_cast<std::size_t>(cell)] = who;
  return s;
}

/// The board that a text like `X.O......` shows, if it can come about.
inline std::optional<board> board_in(std::string_view text) {
  board s;
  if (text.size() != s.cells.size()) return std::nullopt;
  std::ranges::copy(text, s.cells.begin());
  int const more = s.count('X') - s.count('O');
  if (s.count('X') + s.count('O') + s.count('.') != 9 || more < 0 || more > 1) return std::nullopt;
  return s;
}

/// What an end pays, in numbers R: X's win, a draw, O's win.
template <class R>
struct prizes {
  R x_wins, draw, o_wins;
};

/// The game; `R` is a number, or a vector that counts the ways in which it ends.
template <class R>
struct tic_tac_toe {
  using state_type = board;
  using action_type = int;  // a cell
  using reward_type = R;

  prizes<R> pays;

  std::vector<int> actions(board const& s) const {
    std::vector<int> all;
    for (int cell = 0; cell < 9; ++cell) {
      if (s.cells[static_cast<std::size_t>(cell)] == '.') all.push_back(cell);
    }
    return all;
  }
  bool terminal(board const& s) const { return has_a_line(s, 'X') || has_a_line(s, 'O') || s.count('.') == 0; }
  auto transition(board const& s, int cell) const {
    board const next = with(s, cell);
    R const paid = has_a_line(next, 'X')   ? pays.x_wins
                   : has_a_line(next, 'O') ? pays.o_wins
                   : next.count('.') == 0  ? pays.draw
                                           : R{};
    return bellman::dirac{bellman::outcome{paid, next}};
  }
};

}  // namespace games
