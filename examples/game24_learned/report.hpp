// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "../support/table.hpp"
#include "findings.hpp"

#include <cmath>
#include <cstddef>
#include <ostream>
#include <string>
#include <vector>

// What the program prints, in lines of 100 columns or less.
namespace game24_learned {

namespace detail {

inline std::string rate(bellman::running_statistics<double> const& of) {
  auto const b = support::band_of(of);
  return support::fixed(100 * b.mean, 1) + " +- " + support::fixed(100 * b.half_width, 1);
}
inline std::string in_games(double updates) {
  if (!std::isfinite(updates)) return "never";
  return support::with_commas(static_cast<std::size_t>(updates * games_of_an_update + 0.5));
}
/// `3,100 (2,700 to 3,500)`
inline std::string in_games(median_band const& b) {
  return in_games(b.median) + " (" + in_games(b.lower) + " to " + in_games(b.upper) + ")";
}

}  // namespace detail

inline void print(std::ostream& out, findings const& f) {
  using detail::rate;
  using support::fixed;
  using support::percents;
  using support::with_commas;
  out << "The Game of 24, learned: a softmax over moves, of " << questions().size() << " questions about each, on "
      << f.of.to_learn << " puzzles; judged\non " << f.of.others
      << " others by the exact probability of solving them. An update sees " << puzzles_of_an_update
      << " puzzles. The exact\ngradient is an expectation over all games; the others play " << games_of_a_puzzle
      << " games of each puzzle, and give\neach move its exact advantage, or all moves of a game that of the game in "
         "its "
         "group. +- is the half\nwidth of a band of 95 % over "
      << f.by.seeds << " seeds.\n";

  out << "\n1. Solved of the others, in percent, after so many games (the exact gradient: after as many updates)\n\n";
  support::table curves("lrrrrrrr");
  std::vector<std::string> head{""};
  std::vector<std::size_t> shown;
  for (std::size_t k = 0; k < f.at.size(); ++k) {
    if (k == 0 || (f.at.size() - 1 - k) % 2 == 0) shown.push_back(k);
  }
  if (shown.size() > 7) shown.erase(shown.begin() + 1, shown.end() - 6);
  for (std::size_t const k : shown) head.push_back(with_commas(f.at[k] * games_of_an_update));
  curves.row(head);
  for (learned const& l : f.all) {
    std::vector<std::string> cells{l.name};
    for (std::size_t const k : shown) cells.push_back(fixed(100 * l.rates[k].mean, 1));
    curves.row(cells);
  }
  curves.print(out, 4);

  out << "\n2. Games until so many of the others are solved: medians, and the range in which the true one lies\n"
         "   in 95 % of all cases\n\n";
  support::table until("lrrrrl");
  std::vector<std::string> row{""};
  for (double const goal : goals) row.push_back(percents(goal, 0));
  until.row(row);
  for (learned const& l : f.all) {
    row = {l.name};
    for (auto const& runs : l.until) row.push_back(detail::in_games(median_of(runs).median));
    auto const last = median_of(l.until.back());
    row.push_back("(" + detail::in_games(last.lower) + " to " + detail::in_games(last.upper) + ")");
    until.row(row);
  }
  until.print(out, 4);
  out << "\n   In how many of all pairs a run with exact A of moves takes fewer games than one of the others,\n"
         "   and how probable that is where both take as many (by ranks, Mann and Whitney):\n\n";
  support::table pairs("lrrrr");
  row = {""};
  for (double const goal : goals) row.push_back(percents(goal, 0));
  pairs.row(row);
  auto const& own = f.method(own_advantages).until;
  for (char const* const other : {rloo, grpo, ppo}) {
    row = {other};
    for (std::size_t g = 0; g < goals.size(); ++g) {
      auto const c = compare(own[g], f.method(other).until[g]);
      row.push_back(percents(c.fewer, 0) + " (" + fixed(c.probability, 2) + ")");
    }
    pairs.row(row);
  }
  pairs.print(out, 4);
  if (!f.by.quick) {
    out << "\n   Steps were chosen on " << f.of.to_choose << " of the puzzles to learn from, with " << f.of.choosing
        << " other seeds: that with the fewest\n   games until these goals, as geometric mean. Step and games:\n\n";
    support::table steps("lrrrrl");
    for (learned const& l : f.all) {
      std::vector<std::string> cells{l.name};
      for (tried const& t : l.steps) cells.push_back(fixed(t.step, 2) + ": " + detail::in_games(t.updates));
      cells.push_back("chosen: " + fixed(l.step, 2));
      steps.row(cells);
    }
    steps.print(out, 4);
  }

  out << "\n3. The noise of a gradient: after so many games its error is as long as itself\n\n";
  support::table noise("rrrr");
  noise.row({"updates before", "solved", own_advantages, rloo});
  for (auto const& x : f.noises) {
    noise.row({with_commas(x.updates), percents(x.rate), with_commas(static_cast<std::size_t>(x.own + 0.5)),
               with_commas(static_cast<std::size_t>(x.of_group + 0.5))});
  }
  noise.print(out, 4);

  out << "\n4. At the end, in percent: puzzles solved by moves that are drawn, by the likeliest moves, and\n"
         "   first moves that keep 24 in reach\n\n";
  support::table last("lrrrrrr");
  bool const both = f.recorded.has_value();
  std::vector<std::string> first{std::to_string(f.of.others) + " others:", "solved", "likeliest", "first moves"};
  if (both) {
    for (char const* const word : {"recorded: solved", "first moves"}) first.emplace_back(word);
  }
  last.row(first);
  auto const add = [&](std::string name, std::vector<std::string> cells, std::vector<std::string> const& more) {
    cells.insert(cells.begin(), std::move(name));
    if (both) cells.insert(cells.end(), more.begin(), more.end());
    last.row(cells);
  };
  auto const number = [](double x) { return fixed(100 * x, 1); };
  add("random moves", {number(f.random.solved), "", number(f.random.keeping)},
      {number(f.random_on_recorded.solved), number(f.random_on_recorded.keeping)});
  if (both) {
    auto const& n = *f.recorded;
    auto const share = [&](std::size_t part, std::size_t whole) {
      return number(static_cast<double>(part) / static_cast<double>(whole));
    };
    add("GPT-4, step by step", {"", "", ""}, {share(n.right, n.answers), share(n.keeping, n.first_moves)});
  }
  for (learned const& l : f.all) {
    add(l.name, {rate(l.others.solved), rate(l.others.likely), rate(l.others.keeping)},
        both ? std::vector{rate(l.recorded.solved), rate(l.recorded.keeping)} : std::vector<std::string>{});
  }
  add("exact play", {"100.0", "100.0", "100.0"}, {"100.0", "100.0"});
  last.print(out, 4);

  out << "\n5. What the exact gradient has learned to like, and not to, of a first move: weights\n\n";
  support::table likes("rl");
  for (std::size_t k = 0; k < f.heaviest.size(); ++k) {
    if (k >= 6 && k + 6 < f.heaviest.size()) continue;
    likes.row({fixed(f.heaviest[k].second, 1, true), f.heaviest[k].first});
  }
  likes.print(out, 4);
  f.claims.print(out);
}

}  // namespace game24_learned
