// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/interop/boost_rational.hpp>
#include <bellman/planning/solve_turn_game.hpp>
#include <bellman/planning/state_value.hpp>
#include <bellman/probability/uniform.hpp>
#include <bellman/scalar/coordinates.hpp>

#include "../support/claims.hpp"
#include "../support/text_file.hpp"
#include "nim.hpp"
#include "tic_tac_toe.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <vector>

// Everything that is found out, and what is claimed about it.
namespace games {

using fraction = bellman::rational;

/// How many of Nim's heaps there are in one, at most.
inline constexpr int largest_heap = 7;

/// What a move is worth to X, and whether it is among the best of who moves.
struct judged_move {
  int cell;
  fraction value;
  bool best;
};

struct findings {
  /// Of two heaps a and b: the third, c, with which who moves has lost. That is the Grundy value of the two.
  std::array<std::array<int, largest_heap + 1>, largest_heap + 1> grundy{};
  std::size_t nim_positions = 0;

  std::size_t positions = 0;
  std::size_t x_has_won = 0, o_has_won = 0, drawn = 0;
  fraction value;  ///< of the empty board
  board shown;     ///< the board that is asked for
  fraction shown_value;
  std::vector<judged_move> moves;           ///< there
  std::map<int, std::vector<int>> replies;  ///< O's best, to each first move
  std::array<fraction, 3> by_chance{};      ///< X wins, draw, O wins, where both move by chance
  support::claims claims;
};

namespace detail {

inline bool is_solved_as_by_theory(bool last_loses) {
  nim const game{largest_heap, last_loses};
  auto const [v, pi] = bellman::solve_turn_game(
      game, [](heaps const& s) { return s.first_moves; }, fraction(1));
  for (heaps const& s : game.states()) {
    if (nothing_left(s)) continue;
    bool const wins = wins_by_theory(s, last_loses);
    if (v(s) != fraction(wins == s.first_moves ? 1 : -1)) return false;
    // The best moves are those that leave the other a position in which who moves loses; where there is none, all.
    std::vector<taking> best;
    for (taking const& a : game.actions(s)) {
      heaps const next = after(s, a);
      bool const good = nothing_left(next) ? !last_loses : !wins_by_theory(next, last_loses);
      if (good == wins) best.push_back(a);
    }
    if (!std::ranges::equal(pi.optimal_actions(s), best)) return false;
  }
  return true;
}

inline void find_out_nim(findings& f) {
  nim const game{largest_heap};
  auto const v = bellman::solve_turn_game(
                     game, [](heaps const& s) { return s.first_moves; }, fraction(1))
                     .value;
  f.nim_positions = v.table().size();
  bool one_each = true, exclusive_or = true;
  for (int a = 0; a <= largest_heap; ++a) {
    for (int b = 0; b <= largest_heap; ++b) {
      int lost = 0;
      auto& value = f.grundy[static_cast<std::size_t>(a)][static_cast<std::size_t>(b)];
      for (int c = 0; c <= largest_heap; ++c) {
        heaps const s{{a, b, c}, true};
        if (!nothing_left(s) && v(s) == fraction(1)) continue;
        ++lost;
        value = c;
      }
      one_each = one_each && lost == 1;
      exclusive_or = exclusive_or && value == (a ^ b);
    }
  }
  f.claims.add("Nim: to every two heaps there is one third with which who moves has lost", one_each);
  f.claims.add("Nim: it is the exclusive or of the two, their Grundy value (Sprague 1935, Grundy 1939)", exclusive_or);
  f.claims.add("Nim: all values and all best moves are those of Bouton's theory", is_solved_as_by_theory(false));
  f.claims.add("Nim: also where who takes the last loses", is_solved_as_by_theory(true));
}

inline void find_out_tic_tac_toe(findings& f) {
  tic_tac_toe<fraction> const game{{1, 0, -1}};
  auto const [v, pi] = bellman::solve_turn_game(game, x_moves, fraction(1), board{});
  f.positions = v.table().size();
  for (bellman::index_t i = 0; i < v.table().size(); ++i) {
    board const s = v.table().state(i);
    if (!game.terminal(s)) continue;
    ++(has_a_line(s, 'X') ? f.x_has_won : has_a_line(s, 'O') ? f.o_has_won : f.drawn);
  }
  f.value = v(board{});
  for (int const first : game.actions(board{})) {
    auto const best = pi.optimal_actions(with(board{}, first));
    f.replies[first].assign(best.begin(), best.end());
  }
  if (!v.table().contains(f.shown)) {
    throw support::bad_input("--board: \"" + f.shown.str() + "\" cannot come about");
  }
  f.shown_value = v(f.shown);
  auto const best = pi.optimal_actions(f.shown);
  if (!game.terminal(f.shown)) {
    for (int const cell : game.actions(f.shown)) {
      board const next = with(f.shown, cell);
      fraction const paid = game.transition(f.shown, cell).value().reward;
      f.moves.push_back({cell, paid + v(next), std::ranges::count(best, cell) != 0});
    }
  }

  // How it ends by chance: three rewards, each 1 for one way to end, in one go.
  using ways = bellman::coordinates<fraction, 3>;
  fraction const no(0), yes(1);
  tic_tac_toe<ways> const counted{{ways{yes, no, no}, ways{no, yes, no}, ways{no, no, yes}}};
  auto const any = [&](board const& s) { return bellman::uniform(counted.actions(s)); };
  ways const ends = bellman::state_value(counted, any, fraction(1), board{})(board{});
  f.by_chance = {ends[0], ends[1], ends[2]};

  // The numbers are those of play in all 9! orders of the cells: tests/games/program.cpp.
  f.claims.add("Tic-tac-toe: 5,478 positions can come about", f.positions == 5478);
  f.claims.add("Tic-tac-toe: 958 of them are ends, of which X has won 626, O 316, and 16 are draws",
               f.x_has_won == 626 && f.o_has_won == 316 && f.drawn == 16);
  f.claims.add("Tic-tac-toe: it is a draw, and every first move is as good",
               f.value == fraction(0) && pi.optimal_actions(board{}).size() == 9);
  f.claims.add("Tic-tac-toe: to a corner only the centre is an answer, to the centre only the corners",
               f.replies.at(0) == std::vector{4} && f.replies.at(8) == std::vector{4} &&
                   f.replies.at(4) == std::vector{0, 2, 6, 8});
  f.claims.add("Tic-tac-toe: to the middle of a side the centre, the corners beside it and the side across",
               f.replies.at(1) == std::vector{0, 2, 4, 7});
  f.claims.add("Tic-tac-toe: by chance X wins 737 of 1260 games, O 363, and 160 are draws",
               f.by_chance == std::array{fraction(737, 1260), fraction(160, 1260), fraction(363, 1260)});
}

}  // namespace detail

/// Everything there is to find out, and the moves on a board. Throws `support::bad_input` for one that cannot come
/// about.
inline findings find_out(board const& shown) {
  findings f;
  f.shown = shown;
  detail::find_out_nim(f);
  detail::find_out_tic_tac_toe(f);
  return f;
}

}  // namespace games
