// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "../support/table.hpp"
#include "findings.hpp"

#include <cstddef>
#include <ostream>
#include <string>
#include <vector>

// What the program prints, in lines of 100 columns or less.
namespace games {

namespace detail {

inline std::string text_of(fraction const& x) {
  std::string const numerator = std::to_string(x.numerator());
  return x.denominator() == 1 ? numerator : numerator + '/' + std::to_string(x.denominator());
}

inline char const* outcome_of(fraction const& x) {
  return x == fraction(0) ? "a draw" : x == fraction(1) ? "won by X" : "won by O";
}

inline void print_grundy(std::ostream& out, findings const& f) {
  support::table columns(std::string(static_cast<std::size_t>(largest_heap) + 2, 'r'));
  std::vector<std::string> head{""};
  for (int b = 0; b <= largest_heap; ++b) head.push_back(std::to_string(b));
  columns.row(head);
  for (std::size_t a = 0; a < f.grundy.size(); ++a) {
    std::vector<std::string> row{std::to_string(a)};
    for (int const c : f.grundy[a]) row.push_back(std::to_string(c));
    columns.row(row);
  }
  columns.print(out);
}

// The board, and beside it each free cell with what it leads to, the best in brackets.
inline void print_board(std::ostream& out, findings const& f) {
  std::vector<std::string> judged(9, "   ");
  for (judged_move const& m : f.moves) {
    std::string const mark = m.value == fraction(0) ? "=" : m.value == fraction(1) ? "X" : "O";
    judged[static_cast<std::size_t>(m.cell)] = m.best ? '[' + mark + ']' : ' ' + mark + ' ';
  }
  for (std::size_t row = 0; row < 3; ++row) {
    std::string line = "  ";
    for (std::size_t column = 0; column < 3; ++column) line += std::string(" ") + f.shown.cells[3 * row + column];
    line += "     ";
    for (std::size_t column = 0; column < 3; ++column) line += judged[3 * row + column];
    line.erase(line.find_last_not_of(' ') + 1);
    out << line << '\n';
  }
}

inline std::string name_of(int cell) {
  static constexpr char const* names[]{"top left", "top",         "top right", "left",        "centre",
                                       "right",    "bottom left", "bottom",    "bottom right"};
  return names[cell];
}

inline std::string names_of(std::vector<int> const& cells) {
  std::string text;
  for (int const cell : cells) text += (text.empty() ? "" : ", ") + name_of(cell);
  return text;
}

}  // namespace detail

inline void print(std::ostream& out, findings const& f) {
  out << "Nim with three heaps of up to " << largest_heap << ", all " << support::with_commas(f.nim_positions)
      << " positions solved: of two heaps, the third\nwith which who moves has lost.\n\n";
  detail::print_grundy(out, f);
  out << "\nTic-tac-toe, all " << support::with_commas(f.positions) << " positions solved. This one is "
      << detail::outcome_of(f.shown_value)
      << (f.moves.empty()    ? ""
          : x_moves(f.shown) ? "; X moves"
                             : "; O moves")
      << ".\nBeside it what each move leads to, `=` for a draw, the best in brackets.\n\n";
  detail::print_board(out, f);
  out << "\nO's best answers to a first move:\n\n";
  support::table replies("ll");
  for (int const first : {0, 1, 4}) replies.row({detail::name_of(first), detail::names_of(f.replies.at(first))});
  replies.print(out);
  out << "\nWhere both move by chance, X wins " << detail::text_of(f.by_chance[0]) << " of the games, O "
      << detail::text_of(f.by_chance[2]) << ", and " << detail::text_of(f.by_chance[1]) << " are draws.\n";
  f.claims.print(out);
}

}  // namespace games
