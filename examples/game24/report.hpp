// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "../support/table.hpp"
#include "credit.hpp"
#include "game.hpp"
#include "number.hpp"
#include "solution.hpp"

#include <bellman/probability/weight.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <ostream>
#include <string>
#include <utility>
#include <vector>

// What the program prints, in lines of 100 columns or less.
namespace game24 {

using support::fixed;
using support::percent;
using support::table;
using support::with_commas;

namespace detail {

// `17/3888 = 0.44 %`
inline std::string exact_share(rational const& p) {
  return to_text(p) + " = " + fixed(100 * bellman::to_double(p), 2) + " %";
}

inline void print_in_columns(std::ostream& out, std::vector<std::string> const& items, std::size_t columns) {
  table t(std::string(columns, 'l'));
  for (std::size_t i = 0; i < items.size(); i += columns) {
    auto const first = items.begin() + static_cast<std::ptrdiff_t>(i);
    t.row({first, first + static_cast<std::ptrdiff_t>(std::min(columns, items.size() - i))});
  }
  t.print(out, 4);
}

}  // namespace detail

/// What was built and solved, in how many seconds.
inline void print_overview(std::ostream& out, solved_game const& game, double seconds) {
  out << "The Game of 24: four numbers from 1 to 13, + - * /, reach 24.\n\n";
  table t("ll");
  t.row({"puzzles",
         with_commas(game.puzzles().size()) + " of " + with_commas(game.deals().size()) + " draws can reach 24"});
  t.row({"as an MDP", with_commas(game.states()) + " states with " + with_commas(game.action_slots()) +
                          " moves; 24 is in reach from " + with_commas(game.winnable_states())});
  double const chance = bellman::to_double(game.mean_uniform_value());
  t.row({"random play",
         "uniformly random moves reach 24 in " + fixed(100 * chance, 2) + " % of games, over all puzzles"});
  t.row({"solved in", fixed(seconds, 2) + " s, every value an exact fraction"});
  t.print(out);
}

/// The moves of a puzzle: their action values and advantages, and which of them lose the game.
inline void print_puzzle(std::ostream& out, solved_game const& game, position const& puzzle) {
  auto const moves = game.moves(puzzle);
  auto const text = [&](judged_move const& m) {
    return to_text(puzzle, m.made) + (m.slots == 1 ? "" : " (x" + std::to_string(m.slots) + ")");
  };
  table keeping("lrrrrl");
  keeping.row({"move", "Q*", "A*", "Q random", "A random", "a way to 24 from there"});
  std::vector<std::string> losing;
  std::size_t keep = 0, lose = 0;
  for (judged_move const& m : moves) {
    (m.loses() ? lose : keep) += m.slots;
    if (m.loses()) {
      losing.push_back(text(m));
    } else {
      keeping.row({text(m), to_text(m.optimal_value), to_text(m.optimal_advantage), to_text(m.uniform_value),
                   to_text(m.uniform_advantage), to_text(m.next, game.winning_line(m.next))});
    }
  }
  out << '\n' << to_text(puzzle) << "\n\n";
  out << "  Optimal play wins: V* = " << to_text(game.optimal_value(puzzle))
      << ". Random play wins with probability V = " << detail::exact_share(game.uniform_value(puzzle)) << ".\n\n";
  out << "  " << keep << " of " << keep + lose << " first moves keep 24 in reach:\n\n";
  keeping.print(out, 4);
  if (lose == 0) return;
  out << "\n  " << lose
      << " lose the game: Q* = 0 and A* = -1; for random play Q = 0 and A = " << to_text(-game.uniform_value(puzzle))
      << ":\n\n";
  detail::print_in_columns(out, losing, 5);
}

/// Answers to one puzzle, one for each way to end: their advantages in the group beside the exact ones of their steps.
inline void print_examples(std::ostream& out, judged_group const& g) {
  auto const n = g.answers.size();
  out << "\n" << to_text(g.puzzle) << ": " << g.right << " of " << n << " answers are right\n\n";
  table t("lrrlrrl");
  t.row({"answer", "group-relative", "leave-one-out", "its steps", "A*", "A random", ""});
  std::vector<std::pair<ending, std::size_t>> shown;
  for (judged_answer const& a : g.answers) {
    std::pair const kind{a.end, a.end == ending::reached && !a.right ? 0 : a.ended_at};
    if (std::find(shown.begin(), shown.end(), kind) != shown.end()) continue;
    shown.push_back(kind);
    std::vector<std::string> cells{a.right ? "right" : "wrong", fixed(bellman::to_double(a.group_relative), 3, true),
                                   a.leave_one_out ? fixed(bellman::to_double(*a.leave_one_out), 3, true) : "-"};
    auto const add = [&](std::vector<std::string> const& step) {
      cells.insert(cells.end(), step.begin(), step.end());
      t.row(std::exchange(cells, {"", "", ""}));
    };
    for (judged_step const& s : a.steps) {
      std::string const remark = !s.winnable ? "lost before" : s.move.loses() ? "loses the game" : "";
      add({to_text(s.before, s.move.made), to_text(s.move.optimal_advantage), to_text(s.move.uniform_advantage),
           remark});
    }
    if (a.has_illegal_step) add({"an illegal step"});
    if (a.steps.empty() && !a.has_illegal_step) add({"none"});
  }
  t.print(out, 4);
}

/// A line for every puzzle: who solves it, and where its games end.
inline void print_puzzles(std::ostream& out, solved_game const& game, std::vector<judged_group> const& groups) {
  out << "\nEvery puzzle: how often it is solved, and in which step a game is lost or breaks the rules\n\n";
  table t("lrrrrrrrrr");
  auto const count = [](std::size_t x) { return with_commas(x); };
  t.row({"", "people", "random play", "model", "", "lost in 1", "in 2", "in 3", "illegal", "reach 24"});
  for (judged_group const& g : groups) {
    std::array<std::size_t, 3> lost{};
    std::size_t broken = 0;
    std::size_t reached = 0;
    for (judged_answer const& a : g.answers) {
      if (a.end == ending::lost) ++lost[a.ended_at - 1];
      if (a.end == ending::broken) ++broken;
      if (a.end == ending::reached) ++reached;
    }
    t.row({to_text(g.puzzle), fixed(bellman::to_double(g.solved_by_people), 1) + "%",
           fixed(100 * bellman::to_double(game.uniform_value(g.puzzle)), 2) + "%",
           fixed(100 * bellman::to_double(g.mean), 0) + "%", "", count(lost[0]), count(lost[1]), count(lost[2]),
           count(broken), count(reached)});
  }
  t.print(out, 4);
}

/// What became of the recorded answers.
inline void print_answers(std::ostream& out, std::vector<judged_group> const& groups, summary const& n) {
  auto const count = [](std::size_t x) { return with_commas(x); };
  auto const share = [](std::size_t part, std::size_t whole) { return percent(double(part), double(whole)); };

  out << "\n" << count(n.answers) << " recorded answers to " << count(groups.size()) << " puzzles\n\n";
  table whole("rl");
  whole.row({count(n.right), "are right (" + share(n.right, n.answers) + "); the log's labels disagree on " +
                                 count(n.label_disagreements)});
  whole.row({count(n.legal_steps), "legal steps up to the first illegal one"});
  whole.row({count(n.fully_legal), "play the game to its end: " + count(n.reach_24) + " reach 24, and " +
                                       count(n.reach_24_but_wrong) + " of these then write a wrong answer"});
  whole.row({count(n.groups_with_variance), "puzzles have right and wrong answers; in the other " +
                                                count(groups.size() - n.groups_with_variance) +
                                                " every group advantage is 0"});
  whole.print(out, 4);

  out << "\n  Where games are lost\n\n";
  table t("rrrrrrr");
  t.row({"step", "legal", "24 in reach", "lose it", "share", "a random move", "illegal or missing"});
  for (std::size_t k = 0; k < n.steps.size(); ++k) {
    auto const& s = n.steps[k];
    t.row({std::to_string(k + 1), count(s.legal), count(s.winnable), count(s.losing), share(s.losing, s.winnable),
           percent(s.losing_by_chance, double(s.winnable)), count(s.broken)});
  }
  t.print(out, 4);

  out << "\n  Steps by their own exact advantage, and by the group-relative advantage of their answer\n\n";
  table credit("lrrr");
  credit.row({"a step's own", "its answer's: above 0", "0", "below 0"});
  auto const line = [&](std::string name, credit_counts const& c) {
    credit.row({std::move(name), count(c.above), count(c.zero), count(c.below)});
  };
  line("A* =  0, keeps 24 in reach", n.keeping);
  line("A* = -1, loses the game", n.losing);
  line("A* =  0, the game was lost before", n.after);
  credit.print(out, 4);
  auto const& lost = n.losing;
  out << "\n  The answers' advantages blame " << count(n.keeping.below)
      << " steps that kept 24 in reach, and say nothing\n"
      << "  of " << count(lost.zero) << " among the " << count(lost.above + lost.zero + lost.below)
      << " that lost the game.\n";
}

}  // namespace game24
