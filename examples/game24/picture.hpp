// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "../support/svg.hpp"
#include "../support/table.hpp"
#include "credit.hpp"
#include "game.hpp"
#include "solution.hpp"

#include <bellman/probability/weight.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <map>
#include <ostream>
#include <string>
#include <utility>
#include <vector>

// The two pictures: where recorded answers lose the game, and which first moves of a puzzle lose it.
namespace game24 {

using support::canvas;
using support::fixed;
using support::percent;
using support::text_style;
using support::with_commas;

namespace colour {
using namespace support::colour;
inline constexpr char const* keeps = green;
inline constexpr char const* loses = orange;
inline constexpr char const* breaks = grey;
inline constexpr char const* right = dark_green;
}  // namespace colour

namespace detail {

/// A coloured square for each kind and what it stands for, in a line.
inline void draw_legend(canvas& c, double x, double y, std::vector<std::pair<char const*, std::string>> const& kinds) {
  for (auto const& [fill, name] : kinds) {
    c.rectangle(x, y - 11, 13, 13, fill);
    c.text(x + 19, y, name);
    x += 43 + 7.0 * static_cast<double>(name.size());
  }
}

/// All answers as a stream from the left: how much of it can still reach 24, and where the rest leaves it.
inline void draw_stream(canvas& c, double top, summary const& n) {
  constexpr std::array<double, 4> column{40, 320, 600, 880};
  constexpr double last = 1080, bar = 12, beside = 20, full = 280, lower = 140, small = 12.5;
  auto const size = [&](std::size_t answers) {
    return full * static_cast<double>(answers) / static_cast<double>(std::max<std::size_t>(n.answers, 1));
  };
  auto const flow = [&](double x0, double y0, double x1, double y1, std::size_t answers, char const* fill) {
    double const height = std::max(size(answers), 1.0);
    c.band(x0 + bar, y0, x1, y1, height, fill);
    c.rectangle(x1, y1, bar, height, fill);
  };
  auto const heading = [&](double x, std::string const& title, std::string const& below) {
    c.text(x, top - 30, title, {.size = 14, .bold = true});
    c.text(x, top - 12, below, {.size = small, .fill = colour::keeps});
  };

  std::size_t reach = n.answers;
  c.rectangle(column[0], top, bar, size(reach), colour::keeps);
  heading(column[0], with_commas(n.answers) + " answers", "24 in reach of all");
  for (std::size_t k = 0; k < 3; ++k) {
    step_counts const& s = n.steps[k];
    std::string const step = std::to_string(k + 1);
    std::size_t const keep = reach - s.losing - s.broken;
    double const x = column[k + 1], label = top + lower + size(s.losing) / 2;
    double const below = top + lower + std::max(size(s.losing) + 20, size(s.losing) / 2 + 56);
    flow(column[k], top + size(keep + s.losing), x, below, s.broken, colour::breaks);
    flow(column[k], top + size(keep), x, top + lower, s.losing, colour::loses);
    flow(column[k], top, x, top, keep, colour::keeps);
    heading(x, "after move " + step, with_commas(keep) + (k < 2 ? " with 24 in reach" : " reach 24"));
    c.text(x + beside, label - 2, with_commas(s.losing) + " lost by move " + step,
           {.size = 14, .fill = colour::loses, .bold = true});
    auto const winnable = static_cast<double>(s.winnable);
    c.text(x + beside, label + 16, percent(static_cast<double>(s.losing), winnable) + " of the moves lose;",
           {.size = small});
    c.text(x + beside, label + 32, "random ones: " + percent(s.losing_by_chance, winnable), {.size = small});
    c.text(x + beside, below + 5, with_commas(s.broken) + " without a legal move " + step,
           {.size = small, .fill = colour::faint});
    reach = keep;
  }

  std::size_t const right = reach - n.reach_24_but_wrong;
  double const below = top + 52;
  flow(column[3], top + size(right), last, below, n.reach_24_but_wrong, colour::breaks);
  flow(column[3], top, last, top, right, colour::right);
  heading(last, "answer", with_commas(n.right) + " right");
  c.text(last + beside, top + size(right) / 2 + 5, with_commas(right) + " right",
         {.size = small, .fill = colour::right, .bold = true});
  c.text(last + beside, below + 6, with_commas(n.reach_24_but_wrong) + " wrong",
         {.size = small, .fill = colour::faint});
  if (n.right > right) {
    text_style const style{.size = small, .fill = colour::faint, .anchor = "middle"};
    c.text(last + bar, below + 30, "and " + with_commas(n.right - right) + " right ones whose", style);
    c.text(last + bar, below + 46, "steps do not reach 24", style);
  }
}

/// The first moves that the answers to one puzzle chose, each group with the most frequent one first.
struct first_moves {
  struct choice {
    std::string move;
    std::size_t answers;
  };
  std::vector<choice> keeping, losing;
  std::size_t kept = 0, none = 0;
};

inline first_moves count_first_moves(judged_group const& g) {
  std::map<std::string, std::size_t> keeping, losing;
  first_moves f;
  for (judged_answer const& a : g.answers) {
    if (a.steps.empty()) {
      ++f.none;
      continue;
    }
    judged_move const& m = a.steps.front().move;
    std::string const text = to_text(g.puzzle, m.made);
    ++(m.loses() ? losing : keeping)[text.substr(0, text.find(" ="))];
    if (!m.loses()) ++f.kept;
  }
  auto const by_size = [](std::map<std::string, std::size_t> const& counts) {
    std::vector<first_moves::choice> sorted;
    for (auto const& [move, answers] : counts) sorted.push_back({move, answers});
    std::ranges::sort(sorted, [](auto const& a, auto const& b) {
      return a.answers != b.answers ? a.answers > b.answers : a.move < b.move;
    });
    return sorted;
  };
  f.keeping = by_size(keeping);
  f.losing = by_size(losing);
  return f;
}

/// A bar of all answers to one puzzle, in pieces by their first move.
inline void draw_first_moves(canvas& c, double x, double y, solved_game const& game, judged_group const& g) {
  constexpr double width = 380, height = 15, left = 84;
  auto const f = count_first_moves(g);
  double const unit = width / static_cast<double>(g.answers.size());
  double at = x + left;
  auto const pieces = [&](std::vector<first_moves::choice> const& choices, char const* fill) {
    for (auto const& [move, answers] : choices) {
      double const w = unit * static_cast<double>(answers);
      c.rectangle(at, y, std::max(w - 1, 0.6), height, fill);
      if (w > 6.2 * static_cast<double>(move.size()) + 6) {
        c.text(at + (w - 1) / 2, y + 11.5, move,
               {.size = 11, .fill = colour::paper, .anchor = "middle", .halo = false});
      }
      at += w;
    }
  };
  c.text(x + left - 10, y + 12, to_text(g.puzzle), {.anchor = "end"});
  pieces(f.keeping, colour::keeps);
  pieces(f.losing, colour::loses);
  if (f.none != 0) c.rectangle(at, y, unit * static_cast<double>(f.none), height, colour::breaks);
  c.mark(x + left + width * (1 - bellman::to_double(game.losing_by_chance(g.puzzle))), y);
  c.text(x + left + width + 34, y + 12, std::to_string(g.right),
         {.fill = g.right != 0 ? colour::right : colour::faint, .anchor = "end", .bold = g.right != 0});
}

/// The places of the groups, those first whose first moves most often keep 24 in reach.
inline std::vector<std::size_t> best_first(std::vector<judged_group> const& groups) {
  std::vector<std::pair<double, std::size_t>> order;
  for (std::size_t i = 0; i < groups.size(); ++i) {
    auto const kept = static_cast<double>(count_first_moves(groups[i]).kept);
    order.push_back({-kept / static_cast<double>(groups[i].answers.size()), i});
  }
  std::ranges::sort(order);
  std::vector<std::size_t> places;
  for (auto const& [share, place] : order) places.push_back(place);
  return places;
}

/// The first moves of a puzzle, below `top`: how often random play wins after each. Returns where the drawing ends.
inline double draw_puzzle(canvas& c, double top, solved_game const& game, position const& puzzle) {
  constexpr double next_left = 175, bar_left = 265, bar_width = 250, way_left = 605, row = 26;
  auto const text = [&](judged_move const& m) {
    return to_text(puzzle, m.made) + (m.slots == 1 ? "" : " (x" + std::to_string(m.slots) + ")");
  };
  std::vector<judged_move> keeping, losing;
  std::size_t keep = 0, lose = 0;
  for (judged_move const& m : game.moves(puzzle)) {
    (m.loses() ? losing : keeping).push_back(m);
    (m.loses() ? lose : keep) += m.slots;
  }
  std::ranges::sort(keeping, [&](judged_move const& a, judged_move const& b) {
    return a.uniform_value != b.uniform_value ? b.uniform_value < a.uniform_value : text(a) < text(b);
  });
  double const longest = bellman::to_double(keeping.front().uniform_value);

  c.text(40, top + 50, to_text(puzzle), {.size = 27, .bold = true});
  c.text(40, top + 76,
         "Reach 24 with + - * /. " + std::to_string(keep) + " of " + std::to_string(keep + lose) +
             " first moves keep it in reach. Random play wins with probability " + to_text(game.uniform_value(puzzle)) +
             ".",
         {.size = 15, .fill = colour::faint});
  double y = top + 112;
  c.text(40, y, "first move", {.fill = colour::faint});
  c.text(next_left, y, "left", {.fill = colour::faint});
  c.text(bar_left, y, "random play then wins with probability", {.fill = colour::faint});
  c.text(way_left, y, "a way to 24 from there", {.fill = colour::faint});
  y += 10;
  for (judged_move const& m : keeping) {
    double const width = bar_width * bellman::to_double(m.uniform_value) / longest;
    c.text(40, y + 15, text(m), {.size = 14});
    c.text(next_left, y + 15, to_text(m.next), {.size = 14, .fill = colour::faint});
    c.rectangle(bar_left, y + 2, width, row - 9, colour::keeps);
    c.text(bar_left + width + 8, y + 15, to_text(m.uniform_value));
    c.text(way_left, y + 15, to_text(m.next, game.winning_line(m.next)), {.fill = colour::faint});
    y += row;
  }
  if (losing.empty()) return y;
  y += 34;
  c.text(40, y, std::to_string(lose) + " first moves lose the game, whatever follows",
         {.size = 15, .fill = colour::loses, .bold = true});
  y += 12;
  for (std::size_t i = 0; i < losing.size(); ++i) {
    double const x = 40 + 155 * static_cast<double>(i % 6);
    if (i != 0 && i % 6 == 0) y += row;
    c.rectangle(x, y, 147, row - 4, colour::loses, 0.16);
    c.text(x + 73.5, y + 15.5, text(losing[i]), {.anchor = "middle", .halo = false});
  }
  return y + row;
}

}  // namespace detail

/// Where recorded answers lose the game: all of them as a stream, and their first moves puzzle by puzzle.
inline void draw_answers(std::ostream& out, solved_game const& game, std::vector<judged_group> const& groups,
                         summary const& n) {
  canvas c(1200);
  c.text(40, 50, "Where the model loses the Game of 24", {.size = 27, .bold = true});
  c.text(40, 76,
         with_commas(n.answers) + " answers to " + with_commas(groups.size()) +
             " puzzles, followed move by move through the exactly solved game. A stream is as thick as it has answers.",
         {.size = 15, .fill = colour::faint});
  detail::draw_legend(c, 40, 106,
                      {{colour::keeps, "24 in reach: it can still be made"},
                       {colour::loses, "lost: it cannot be made any more"},
                       {colour::breaks, "an illegal or missing move, or a wrong answer"}});
  detail::draw_stream(c, 174, n);

  constexpr double heading = 550, top = heading + 84, row = 22, between = 600;
  text_style const explanation{.size = 14, .fill = colour::faint};
  c.text(40, heading, "The first move, puzzle by puzzle", {.size = 20, .bold = true});
  c.text(40, heading + 25,
         "A bar is all answers to one puzzle. Its pieces are the first moves that they chose: green ones keep 24 in "
         "reach, orange ones lose the game.",
         explanation);
  c.text(40, heading + 45,
         "The triangle is where green would end if moves were drawn at random. On the right, how many of the answers "
         "are right.",
         explanation);
  for (double const x : {0.0, between}) {
    c.text(x + 538, top - 8, "right", {.size = 12.5, .fill = colour::faint, .anchor = "end"});
  }
  auto const order = detail::best_first(groups);
  std::size_t const half = (order.size() + 1) / 2;
  for (std::size_t i = 0; i < order.size(); ++i) {
    double const x = i < half ? 40 : 40 + between;
    detail::draw_first_moves(c, x, top + row * static_cast<double>(i % half), game, groups[order[i]]);
  }
  c.write(out, top + row * static_cast<double>(half) + 24);
}

/// The first moves of some puzzles: how often random play wins after each, and which of them lose the game.
inline void draw_puzzles(std::ostream& out, solved_game const& game, std::vector<position> const& puzzles) {
  canvas c(1000);
  double y = 0;
  for (position const& puzzle : puzzles) y = detail::draw_puzzle(c, y, game, puzzle);
  c.write(out, y + 24);
}

}  // namespace game24
