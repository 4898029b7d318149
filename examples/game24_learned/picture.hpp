// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "../support/svg.hpp"
#include "../support/table.hpp"
#include "findings.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <ostream>
#include <string>
#include <vector>

// How much is solved after so many games, and how many games it takes.
namespace game24_learned {

namespace detail {

inline constexpr std::array line_colours{"#1f2933", support::colour::green,  "#8a3f8f",
                                         "#3b6fb6", support::colour::orange, support::colour::grey};

}  // namespace detail

inline void draw(std::ostream& out, findings const& f) {
  namespace colour = support::colour;
  constexpr double left = 90, right = 690, top = 150, bottom = 520, bars = 750, bars_right = 1020;
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
    c.text(left - 8, y(rate) + 4, support::percents(rate, 0), {.size = 12, .fill = colour::faint, .anchor = "end"});
  }
  for (std::size_t k = 0; k < f.at.size(); ++k) {
    if (k != 0 && (f.at.size() - 1 - k) % 2 != 0) continue;
    c.text(x(k), bottom + 20, support::with_commas(f.at[k] * games_of_an_update),
           {.size = 12, .fill = colour::faint, .anchor = "middle"});
  }
  c.text((left + right) / 2, bottom + 44, "games played; of the exact gradient 16 an update, as of the others",
         {.size = 13, .fill = colour::faint, .anchor = "middle"});
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
  double key = top + 20;
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

  c.text(bars, top - 20, "Games until 20 %, 40 % are solved", title);
  auto const across = [&](double games) {
    double const part = std::log2(games / 64) / std::log2(16384.0 / 64);
    return bars + (bars_right - bars) * std::clamp(part, 0.0, 1.0);
  };
  double const below = top + 60 * static_cast<double>(f.all.size());
  for (std::size_t const games : {64u, 256u, 1024u, 4096u, 16384u}) {
    double const at = across(static_cast<double>(games));
    c.line(at, top, at, below, "#e6e9ec");
    c.text(at, bottom + 20, support::with_commas(games), {.size = 12, .fill = colour::faint, .anchor = "middle"});
  }
  double row = top + 18;
  for (std::size_t i = 0; i < f.all.size(); ++i, row += 60) {
    learned const& l = f.all[i];
    c.text(bars, row, l.name, {.size = 13});
    double at = row + 10;
    for (std::size_t const g : {std::size_t{1}, std::size_t{3}}) {
      auto const b = median_of(l.until[g]);
      auto const place = [&](double updates) { return across(updates * games_of_an_update); };
      c.line(place(b.lower), at, place(b.upper), at, detail::line_colours[i], 3);
      c.circle(place(b.median), at, 5, detail::line_colours[i]);
      c.text(place(b.upper) + 8, at + 4, support::percents(goals[g], 0), {.size = 11, .fill = colour::faint});
      at += 16;
    }
  }
  c.text((bars + bars_right) / 2, bottom + 44, "median over the seeds, and its range of 95 %",
         {.size = 13, .fill = colour::faint, .anchor = "middle"});
  c.write(out, 590);
}

}  // namespace game24_learned
