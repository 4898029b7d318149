// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "../support/table.hpp"
#include "findings.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <ostream>
#include <sstream>
#include <string>
#include <vector>

// What the program prints, in lines of 100 columns or less.
namespace grid_world {

/// `>`, or `^>` where two moves are equally good; at the ends what they bring.
inline std::string arrow_of(arrows const& best, square s) {
  if (s == wall) return "#";
  if (is_end(s)) return s == good_end ? "+1" : "-1";
  std::string text;
  for (move const m : best.at(s)) text += "^>v<"[static_cast<std::size_t>(m)];
  return text;
}

inline std::string range_as_text(policy_range const& r) {
  std::string const to = r.to ? *r.to == 0 ? "0" : decimal(*r.to) : "";
  if (!r.from) return "below " + to;
  return decimal(*r.from) + " to " + to;
}

namespace detail {

constexpr char const* name_of(move m) {
  constexpr std::array names{"up", "right", "down", "left"};
  return names[static_cast<std::size_t>(m)];
}

inline std::string padded(std::string text, std::size_t width) {
  if (text.size() < width) text.append(width - text.size(), ' ');
  return text;
}

// Words in lines of at most 96 columns, each after two blanks.
inline void print_wrapped(std::ostream& out, std::string const& text) {
  std::istringstream words(text);
  std::string line = " ";
  for (std::string word; words >> word;) {
    if (line.size() + 1 + word.size() > 98) {
      out << line << '\n';
      line = " ";
    }
    line += ' ' + word;
  }
  out << line << '\n';
}

// Boards side by side, row by row from above: `cell(board, square)`.
template <class Cell>
void print_boards(std::ostream& out, std::size_t boards, Cell const& cell) {
  std::string alignment;
  for (std::size_t board = 0; board < boards; ++board) alignment += board == 0 ? "rrrr" : "lrrrr";
  support::table t(alignment);
  for (int row = rows; row >= 1; --row) {
    std::vector<std::string> cells;
    for (std::size_t board = 0; board < boards; ++board) {
      if (board != 0) cells.emplace_back("   ");
      for (int column = 1; column <= columns; ++column) cells.push_back(cell(board, square{column, row}));
    }
    t.row(cells);
  }
  t.print(out, 4);
}

template <class Number>
std::string value_of(values const& v, square s, Number const& number) {
  if (s == wall) return "#";
  if (is_end(s)) return s == good_end ? "+1" : "-1";
  return number(v.at(s));
}

inline void print_sweeps(std::ostream& out, findings const& f) {
  for (std::size_t k = 1; k <= 3; ++k) {
    auto const& one = f.sweeps[k];
    out << "\n  " << k << (k == 1 ? " sweep, and the moves that are the best if this is right\n\n" : " sweeps\n\n");
    print_boards(out, 2, [&](std::size_t board, square s) {
      return board == 0 ? value_of(one.value, s, to_text) : arrow_of(one.greedy, s);
    });
  }
  out << '\n';
  support::table t("rrrrl");
  // Where the way to an end is longest.
  auto const off = [&](square of) { return boost::abs(fraction(f.best_value.at(of) - f.sweeps[10].value.at(of))); };
  square last = start;
  for (auto const& [s, v] : f.best_value) {
    if (off(last) < off(s)) last = s;
  }
  t.row({"sweeps", "start", last.str(), "off by at most", "moves"});
  for (auto const& one : f.sweeps) {
    bool const shown = one.sweeps <= 5 || one.sweeps % 10 == 0 || one.sweeps == f.settled;
    if (!shown) continue;
    t.row({std::to_string(one.sweeps), decimal(one.value.at(start), 6), decimal(one.value.at(last), 6),
           support::scientific(rounded(apart(one.value, f.best_value))),
           one.sweeps >= f.settled         ? "the best"
           : are_among(one.greedy, f.best) ? "the best, but not for good"
                                           : "not yet the best"});
  }
  t.row({"exactly", decimal(f.best_value.at(start), 6), decimal(f.best_value.at(last), 6), "0", "the best"});
  t.print(out);
  out << "\n  " << last.str() << " is farthest off after 10 sweeps. "
      << (f.settled > last_sweep ? "The moves are not the best yet.\n"
                                 : "The moves are the best from sweep " + std::to_string(f.settled) + " on.\n");
}

inline void print_ranges(std::ostream& out, findings const& f) {
  constexpr std::size_t side_by_side = 3;
  for (std::size_t first = 0; first < f.ranges.size(); first += side_by_side) {
    std::size_t const n = std::min(side_by_side, f.ranges.size() - first);
    support::table names("lll");
    std::vector<std::string> cells;
    for (std::size_t i = first; i < first + n; ++i) cells.push_back(detail::padded(range_as_text(f.ranges[i]), 22));
    names.row(cells);
    out << '\n';
    names.print(out, 4);
    out << '\n';
    support::table boards("lll");
    for (int row = rows; row >= 1; --row) {
      cells.clear();
      for (std::size_t i = first; i < first + n; ++i) {
        std::string board;
        for (int column = 1; column <= columns; ++column) {
          board += detail::padded(arrow_of(f.ranges[i].best, {column, row}), 5);
        }
        cells.push_back(detail::padded(board, 22));
      }
      boards.row(cells);
    }
    boards.print(out, 6);
  }
  out << "\n  They change where two moves of one square are equally good:\n\n";
  support::table t("rrlll");
  t.row({"step reward", "", "square", "below", "above"});
  for (std::size_t i = 0; i + 1 < f.ranges.size(); ++i) {
    auto const& end = *f.ranges[i].to;
    auto const s = only_difference(f.ranges[i], f.ranges[i + 1]);
    t.row({to_text(end), decimal(end, 6), s ? s->str() : "several", s ? name_of(f.ranges[i].best_move(*s)) : "",
           s ? name_of(f.ranges[i + 1].best_move(*s)) : ""});
  }
  t.print(out);
}

}  // namespace detail

inline void print(std::ostream& out, findings const& f) {
  out << "The 4 x 3 world of Russell and Norvig, in fractions. Every move brings " << to_text(f.step_reward)
      << ",\nthe ends +1 and -1 more; the discount is 1. A move goes where it should with 8/10, and to either\n"
         "side with 1/10.\n\nValue iteration, from 0:\n";
  detail::print_sweeps(out, f);
  out << "\nThe values, exactly:\n\n";
  detail::print_boards(out, 1, [&](std::size_t, square s) { return detail::value_of(f.best_value, s, to_text); });
  out << '\n';
  detail::print_boards(out, 2, [&](std::size_t board, square s) {
    return board == 0 ? detail::value_of(f.best_value, s, [](fraction const& x) { return decimal(x, 4); })
                      : arrow_of(f.best, s);
  });
  out << "\nThe best policy by step reward, " << f.ranges.size() << " of them below 0:\n";
  detail::print_ranges(out, f);
  out << "\nAbove 0 going round for ever gains for ever. Of 1/100 the library says:\n\n";
  detail::print_wrapped(out, f.refused);
  f.claims.print(out);
}

}  // namespace grid_world
