// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "../support/svg.hpp"
#include "../support/table.hpp"
#include "data_set.hpp"
#include "methods.hpp"

#include <bellman/groups/grouping.hpp>
#include <bellman/probability/statistics.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <map>
#include <optional>
#include <ostream>
#include <span>
#include <string>
#include <utility>
#include <vector>

// The picture: what a right and a wrong answer get from every method, by how many of the group's answers are right.
namespace answers {

namespace detail {

namespace colour = support::colour;
using support::canvas;
using support::fixed;
using support::text_style;

inline constexpr double panel_width = 250, panel_height = 190;

/// For each answer, the share of right answers in its group.
inline std::vector<double> share_right(batch const& b) {
  std::vector<double> share(b.right.size());
  for (std::size_t g = 0; g < b.groups.size(); ++g) {
    auto const rows = b.groups[g];
    double const mean = bellman::statistics_of(bellman::part_of(b.right, rows)).mean;
    for (std::size_t const row : rows) share[row] = mean;
  }
  return share;
}

/// The mean advantage over the tokens of each answer; nothing for an answer without tokens.
inline std::vector<std::optional<double>> of_answers(batch const& b, std::vector<double> const& of_tokens) {
  std::vector<std::optional<double>> means;
  std::span<double const> rest(of_tokens);
  for (std::size_t const length : b.lengths) {
    means.emplace_back();
    if (length != 0) means.back() = bellman::statistics_of(rest.first(length)).mean;
    rest = rest.subspan(length);
  }
  return means;
}

/// One method on one data set, with its upper left corner at `(x, y)`. A dot is an answer or several that get the same.
inline void draw_panel(canvas& c, double x, double y, advantages const& m, batch const& b,
                       std::vector<double> const& share) {
  constexpr double left = 48, top = 48, width = panel_width - left, height = panel_height - top;
  c.text(x + left, y + 14, m.by->name, {.size = 15, .bold = true});
  c.text(x + left, y + 31, m.by->formula, {.size = 12, .fill = colour::faint});
  if (!m.of_tokens) {
    c.text(x + left, y + top + 40, "needs a greedy answer,", {.fill = colour::faint});
    c.text(x + left, y + top + 58, "which these data lack", {.fill = colour::faint});
    return;
  }
  auto const of = of_answers(b, *m.of_tokens);
  double low = 0, high = 0;
  for (auto const& a : of) low = std::min(low, a.value_or(0)), high = std::max(high, a.value_or(0));
  double const range = high > low ? high - low : 1;
  auto const at_x = [&](double p) { return x + left + width * p; };
  auto const at_y = [&](double a) { return y + top + height * (high - a) / range; };
  c.line(at_x(0), at_y(0), at_x(1), at_y(0), colour::grey);
  c.line(at_x(0), y + top, at_x(0), y + top + height, colour::grey);
  c.text(at_x(0), y + top + height + 18, "none right", {.size = 11, .fill = colour::faint});
  c.text(at_x(1), y + top + height + 18, "all", {.size = 11, .fill = colour::faint, .anchor = "end"});
  for (double const value : {low, 0.0, high}) {
    if (value != 0 && std::abs(at_y(value) - at_y(0)) < 12) continue;
    c.text(x + left - 13, at_y(value) + 4, value == 0 ? "0" : fixed(value, 2, true),
           {.size = 11, .fill = colour::faint, .anchor = "end"});
  }
  std::map<std::pair<long, long>, std::size_t> dots[2];
  for (std::size_t i = 0; i < of.size(); ++i) {
    // To half a pixel: dots that cannot be told apart are one.
    if (of[i]) ++dots[b.right[i] == 1][{std::lround(2 * at_x(share[i])), std::lround(2 * at_y(*of[i]))}];
  }
  for (bool const right : {false, true}) {
    for (auto const& [place, n] : dots[right]) {
      double const radius = 1.6 + 11 * std::sqrt(static_cast<double>(n) / static_cast<double>(of.size()));
      c.circle(static_cast<double>(place.first) / 2, static_cast<double>(place.second) / 2, radius,
               right ? colour::green : colour::orange, 0.55);
    }
  }
}

}  // namespace detail

/// A panel for every method, data set by data set.
inline void draw_methods(std::ostream& out, std::vector<data_set> const& all, std::vector<batch> const& batches,
                         std::vector<std::vector<advantages>> const& by_method) {
  using namespace detail;
  constexpr std::size_t columns = 4;
  constexpr double between_x = panel_width + 36, between_y = panel_height + 44;
  canvas c(1200);
  c.text(40, 50, "What the tokens of an answer get, by method", {.size = 27, .bold = true});
  c.text(40, 76,
         "Across: the share of right answers in the group. Upwards: the advantage, the mean over an answer's tokens. "
         "The larger a dot, the more answers.",
         {.size = 14, .fill = colour::faint});
  c.circle(46, 101, 6, colour::green);
  c.text(58, 106, "right answers");
  c.circle(166, 101, 6, colour::orange);
  c.text(178, 106, "wrong answers");
  double y = 150;
  for (std::size_t d = 0; d < all.size(); ++d) {
    c.text(40, y, all[d].name, {.size = 20, .bold = true});
    c.text(60 + 13.0 * static_cast<double>(all[d].name.size()), y,
           support::with_commas(batches[d].right.size()) + " answers to " +
               support::with_commas(batches[d].groups.size()) + " questions",
           {.size = 15, .fill = colour::faint});
    y += 22;
    auto const share = share_right(batches[d]);
    for (std::size_t k = 0; k < by_method[d].size(); ++k) {
      double const x = 26 + between_x * static_cast<double>(k % columns);
      draw_panel(c, x, y + between_y * static_cast<double>(k / columns), by_method[d][k], batches[d], share);
    }
    y += between_y * static_cast<double>((by_method[d].size() + columns - 1) / columns) + 44;
  }
  c.write(out, y);
}

}  // namespace answers
