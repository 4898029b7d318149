// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "../support/svg.hpp"
#include "../support/table.hpp"
#include "course.hpp"
#include "findings.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <ostream>
#include <string>
#include <utility>
#include <vector>

// Errors over episodes, one small picture for each world and kind of learner.
namespace learners {

namespace detail {

inline constexpr std::array line_colours{support::colour::green, support::colour::orange, "#3b6fb6", "#8a3f8f"};

struct drawn_line {
  std::vector<band> points;
};

struct frame {
  double left, top, width, height;
  double lowest, highest;  ///< decimal logarithms

  double x(std::size_t look) const {
    return left + width * static_cast<double>(look) / static_cast<double>(look_count);
  }
  /// What is smaller than the lowest lies on the lower edge.
  double y(double logarithm) const {
    return top + height * (highest - std::clamp(logarithm, lowest, highest)) / (highest - lowest);
  }
};

inline double logarithm(double x) { return x > 0 ? std::log10(x) : -300; }

// Errors as bands of their logarithms.
inline drawn_line drawn(courses const& of) {
  drawn_line line;
  for (std::size_t i = 0; i < of.size(); ++i) line.points.push_back(of[i]);
  return line;
}

// The logarithms between which lie the means, down to 3 decades below the largest.
inline std::pair<double, double> decades_of(std::vector<std::vector<drawn_line>> const& panels, bool are_logarithms) {
  double lowest = 300, highest = -300;
  for (auto const& panel : panels) {
    for (drawn_line const& line : panel) {
      for (band const& b : line.points) {
        double const at = are_logarithms ? b.mean : detail::logarithm(b.mean);
        highest = std::max(highest, at);
        if (at > -300) lowest = std::min(lowest, at);
      }
    }
  }
  if (!are_logarithms) lowest = std::max(lowest, highest - 3);
  double const room = 0.06 * (highest - lowest);
  return {lowest - room, highest + room};
}

inline std::string tick(double x) {
  if (x >= 1e6 || x < 1e-4) return support::scientific(x);
  if (x >= 1) return support::with_commas(static_cast<std::size_t>(x + 0.5));
  return support::fixed(x, static_cast<int>(std::ceil(-std::log10(x) - 1e-9)));
}

inline void draw_axes(support::canvas& c, frame const& at, std::string const& last) {
  namespace colour = support::colour;
  support::text_style const small{.size = 11, .fill = colour::faint, .anchor = "end"};
  double const decades = at.highest - at.lowest;
  for (int power = static_cast<int>(std::floor(at.lowest)); power <= at.highest; ++power) {
    if (decades > 6 && power % 2 != 0) continue;
    for (double const digit : {1.0, 2.0, 5.0}) {
      if (digit > 1 && decades > 1.6) continue;
      double const logarithm = power + std::log10(digit);
      if (logarithm < at.lowest || logarithm > at.highest) continue;
      c.line(at.left, at.y(logarithm), at.left + at.width, at.y(logarithm), "#e6e9ec");
      c.text(at.left - 6, at.y(logarithm) + 4, detail::tick(digit * std::pow(10, power)), small);
    }
  }
  c.line(at.left, at.top + at.height, at.left + at.width, at.top + at.height, colour::faint);
  c.text(at.left, at.top + at.height + 15, "0", {.size = 11, .fill = colour::faint});
  c.text(at.left + at.width, at.top + at.height + 15, last, small);
}

inline void draw_lines(support::canvas& c, frame const& at, std::vector<drawn_line> const& lines, bool are_logarithms) {
  auto const y = [&](double value) { return at.y(are_logarithms ? value : detail::logarithm(value)); };
  for (std::size_t i = 0; i < lines.size(); ++i) {
    std::vector<support::place> around, middle;
    auto const& points = lines[i].points;
    for (std::size_t k = 0; k < points.size(); ++k) {
      around.push_back({at.x(k), y(points[k].upper())});
      middle.push_back({at.x(k), y(points[k].mean)});
    }
    for (std::size_t k = points.size(); k-- > 0;) around.push_back({at.x(k), y(points[k].lower())});
    c.polygon(around, line_colours[i], 0.16);
    // The first is wider, so that one on it is seen too.
    c.polyline(middle, line_colours[i], i == 0 ? 3 : 1.7);
  }
}

constexpr double first_left = 84, panel_width = 270, next_left = 342, panel_height = 112, next_top = 168;

inline void draw_key(support::canvas& c, std::size_t column, double y, std::vector<std::string> const& names) {
  double const x = first_left + next_left * static_cast<double>(column);
  for (std::size_t i = 0; i < names.size(); ++i) {
    double const at = y + 18 * static_cast<double>(i);
    c.line(x, at - 4, x + 22, at - 4, line_colours[i], i == 0 ? 3 : 1.7);
    c.text(x + 29, at, names[i], {.size = 13});
  }
}

inline frame frame_at(std::size_t column, double top, std::pair<double, double> const& decades) {
  return {first_left + next_left * static_cast<double>(column),
          top,
          panel_width,
          panel_height,
          decades.first,
          decades.second};
}

inline std::vector<std::string> names_of(std::vector<learned> const& column) {
  std::vector<std::string> names;
  for (learned const& one : column) names.push_back(one.name);
  return names;
}

// A row: a world, three kinds of learners. The columns before `own` have one scale.
inline void draw_row(support::canvas& c, double top, studied const& s, std::size_t own) {
  std::vector<std::vector<drawn_line>> panels;
  for (std::size_t column = 0; column < s.columns.size(); ++column) {
    auto& panel = panels.emplace_back();
    for (learned const& one : s.columns[column]) panel.push_back(detail::drawn(one.shown(column >= own)));
  }
  auto const shared = detail::decades_of({panels.begin(), panels.begin() + static_cast<std::ptrdiff_t>(own)}, false);
  c.text(40, top - 12, s.of.name, {.size = 15, .bold = true});
  for (std::size_t column = 0; column < panels.size(); ++column) {
    auto const at = detail::frame_at(column, top, column < own ? shared : detail::decades_of({panels[column]}, false));
    detail::draw_axes(c, at, support::with_commas(s.of.episodes) + " episodes");
    detail::draw_lines(c, at, panels[column], false);
  }
}

}  // namespace detail

inline void draw(std::ostream& out, findings const& f) {
  namespace colour = support::colour;
  support::canvas c(1080);
  support::text_style const faint{.size = 14, .fill = colour::faint};
  support::text_style const title{.size = 18, .bold = true};
  c.text(40, 50, "Learners from samples, against the exact answer", {.size = 25, .bold = true});
  c.text(40, 76,
         "Errors over episodes, on logarithmic scales: means over " + std::to_string(f.by.seeds) +
             " seeds and bands of 95 % (t s / sqrt(n)).",
         faint);
  c.text(40, 96, "What is smaller than the scale, 0 too, lies on the lower edge.", faint);

  double y = 140;
  c.text(40, y, "What is a policy worth?", title);
  c.text(40, y + 22, "Root mean squared error of v against V_pi, over states as often as the policy is in them.",
         faint);
  for (std::size_t column = 0; column < 3; ++column) {
    detail::draw_key(c, column, y + 48, detail::names_of(f.judged.front().columns[column]));
  }
  y += 140;
  for (studied const& s : f.judged) {
    detail::draw_row(c, y, s, 3);
    y += detail::next_top;
  }

  y += 16;
  c.text(40, y, "What is best?", title);
  c.text(40, y + 22,
         "Left and middle: root mean squared error of max_a q against V*, over states as often as the best policy is in"
         " them.",
         faint);
  c.text(40, y + 42,
         "Right: what the policy loses at the start, V* - V_pi, exactly; LSPI where there are at most " +
             std::to_string(most_weights) + " weights.",
         faint);
  c.text(40, y + 62,
         "Sarsa, expected Sarsa and tree backup learn what the policy that acts is worth, which comes to V* only as it"
         " ceases to explore.",
         faint);
  for (std::size_t column = 0; column < 3; ++column) {
    detail::draw_key(c, column, y + 90, detail::names_of(f.sought.front().columns[column]));
  }
  y += 202;
  for (studied const& s : f.sought) {
    detail::draw_row(c, y, s, 2);
    y += detail::next_top;
  }

  y += 16;
  c.text(40, y, "Where TD does not converge: Baird's counterexample", title);
  c.text(40, y + 22,
         "Off the policy, with features. Geometric means: projected error; error of values; largest weight.", faint);
  std::vector<std::string> names;
  for (diverged const& one : f.counterexample) names.push_back(one.name);
  for (std::size_t i = 0; i < names.size(); ++i) {
    double const x = detail::first_left + detail::next_left * static_cast<double>(i);
    c.line(x, y + 44, x + 22, y + 44, detail::line_colours[i], i == 0 ? 3 : 1.7);
    c.text(x + 29, y + 48, names[i], {.size = 13});
  }
  y += 84;
  std::size_t column = 0;
  for (auto const& [what, of] :
       {std::pair{"projected error", &diverged::residual}, std::pair{"error of values", &diverged::off},
        std::pair{"largest weight", &diverged::largest}}) {
    std::vector<detail::drawn_line> panel;
    for (diverged const& one : f.counterexample) panel.push_back(detail::drawn(one.*of));
    auto const at = detail::frame_at(column++, y, detail::decades_of({panel}, true));
    c.text(at.left, y - 10, what, {.size = 15, .bold = true});
    detail::draw_axes(c, at, support::with_commas(f.steps) + " steps");
    detail::draw_lines(c, at, panel, true);
  }
  c.write(out, y + detail::panel_height + 40);
}

}  // namespace learners
