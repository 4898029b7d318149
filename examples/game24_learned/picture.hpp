// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "../support/svg.hpp"
#include "../support/table.hpp"
#include "findings.hpp"

#include <array>
#include <cmath>
#include <cstddef>
#include <ostream>
#include <string>
#include <vector>

// How much is solved after so many games, and how many games it takes.
namespace game24_learned {

namespace detail {

inline constexpr std::array line_colours{"#1f2933", support::colour::green, "#8a3f8f", "#3b6fb6",
                                         support::colour::orange, support::colour::grey};

}  // namespace detail

inline void draw(std::ostream& out, findings const& f) {
  namespace colour = support::colour;
  constexpr double left = 90, right = 690, top = 150, bottom = 520, bars = 740, bars_right = 1040;
  support::canvas c(1080);
  support::text_style const faint{.size = 14, .fill = colour::faint};
  support::text_style const title{.size = 16, .bold = true};
  c.text(40, 50, "The Game of 24, learned", {.size = 25, .bold = true});
  c.text(40, 76,
         "A softmax over moves, learned on " + std::to_string(f.of.to_learn) + " puzzles, judged exactly on " +
             std::to_string(f.of.others) + " others: means over " + std::to_string(f.by.seeds) +
             " seeds and bands of 95 % (t s / sqrt(n)).",
         faint);
  c.text(40, 96,
         "An update sees " + std::to_string(puzzles_of_an_update) + " puzzles, " + std::to_string(games_of_a_puzzle) +
             " games of each; the exact gradient sees all games of the same puzzles at once.",
         faint);

  double const most = f.at.size() > 1 ? std::log2(static_cast<double>(f.at.back())) : 1;
  double const highest = f.by.quick ? 1 : 0.6;
  // The first look, before all updates, has a place of its own.
  auto const x = [&](std::size_t look) {
    double const at = look == 0 ? -1 : static_cast<double>(look - 1);
    return left + (right - left) * (at + 1) / (most + 1);
  };
  auto const y = [&](double rate) { return bottom - (bottom - top) * std::min(rate, highest) / highest; };
  c.text(left - 50, top - 20, "Puzzles solved", title);
  for (int k = 0; k <= 6; ++k) {
    double const rate = highest * k / 6;
    c.line(left, y(rate), right, y(rate), "#e6e9ec");
    c.text(left - 8, y(rate) + 4, support::percents(rate, 0),
           {.size = 12, .fill = colour::faint, .anchor = "end"});
  }
  for (std::size_t k = 0; k < f.at.size(); ++k) {
    if (k != 0 && (f.at.size() - 1 - k) % 2 != 0) continue;
    c.text(x(k), bottom + 20, support::with_commas(f.at[k] * games_of_an_update),
           {.size = 12, .fill = colour::faint, .anchor = "middle"});
  }
  c.text((left + right) / 2, bottom + 44, "games played", {.size = 13, .fill = colour::faint, .anchor = "middle"});
  for (std::size_t i = 0; i < f.all.size(); ++i) {
    std::vector<support::place> around, middle;
    auto const& rates = f.all[i].rates;
    for (std::size_t k = 0; k < rates.size(); ++k) {
      around.push_back({x(k), y(rates[k].upper())});
      middle.push_back({x(k), y(rates[k].mean)});
    }
    for (std::size_t k = rates.size(); k-- > 0;) around.push_back({x(k), y(std::max(0.0, rates[k].lower()))});
    c.polygon(around, detail::line_colours[i], 0.14);
    c.polyline(middle, detail::line_colours[i], 2);
  }
  double key = top + 8;
  for (std::size_t i = 0; i < f.all.size(); ++i, key += 20) {
    c.line(left + 18, key - 4, left + 42, key - 4, detail::line_colours[i], 2.5);
    c.text(left + 50, key, f.all[i].name, {.size = 13});
  }
  if (f.recorded) {
    double const share = static_cast<double>(f.recorded->right) / static_cast<double>(f.recorded->answers);
    c.line(left, y(share), right, y(share), colour::faint, 0.8);
    c.text(right - 4, y(share) - 6,
           "GPT-4's answers, step by step (" + std::to_string(f.recorded->puzzles) + " of the puzzles)",
           {.size = 12, .fill = colour::faint, .anchor = "end"});
  }

  c.text(bars, top - 20, "Games until " + support::percents(goal, 0) + " are solved", title);
  double const lowest_games = 500, highest_games = 16000;
  auto const across = [&](double games) {
    double const part = std::log(games / lowest_games) / std::log(highest_games / lowest_games);
    return bars + (bars_right - bars) * std::clamp(part, 0.0, 1.0);
  };
  double row = top + 30;
  for (double const games : {500.0, 1000.0, 2000.0, 4000.0, 8000.0, 16000.0}) {
    c.line(across(games), top, across(games), top + 60 * static_cast<double>(f.all.size()), "#e6e9ec");
    c.text(across(games), top + 60 * static_cast<double>(f.all.size()) + 18,
           support::with_commas(static_cast<std::size_t>(games)),
           {.size = 12, .fill = colour::faint, .anchor = "middle"});
  }
  for (std::size_t i = 0; i < f.all.size(); ++i, row += 60) {
    learned const& l = f.all[i];
    c.text(bars, row - 14, l.name, {.size = 13});
    if (!l.always_there()) {
      c.text(bars, row + 8, "not in every run", {.size = 12, .fill = colour::faint});
      continue;
    }
    auto const b = l.logarithm();
    auto const games = [](double logarithm) { return std::pow(10, logarithm) * games_of_an_update; };
    c.line(across(games(b.lower())), row + 4, across(games(b.upper())), row + 4, detail::line_colours[i], 3);
    c.circle(across(games(b.mean)), row + 4, 5, detail::line_colours[i]);
  }
  c.write(out, 590);
}

}  // namespace game24_learned
