// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "../support/svg.hpp"
#include "../support/table.hpp"
#include "findings.hpp"
#include "report.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <optional>
#include <ostream>
#include <string>
#include <vector>

// Value iteration, sweep by sweep, and the best policy by step reward.
namespace grid_world {

namespace detail {

/// A board drawn from its upper left corner on, in cells of one size.
class drawn_board {
 public:
  drawn_board(support::canvas& its_canvas, double left, double top, double width, double height)
      : c_(its_canvas), left_(left), top_(top), width_(width), height_(height) {}

  double x(square s) const { return left_ + width_ * (s.column - 1); }
  double y(square s) const { return top_ + height_ * (rows - s.row); }

  void fill(square s, char const* colour, double opacity) const {
    c_.rectangle(x(s), y(s), width_ - 2, height_ - 2, colour, opacity);
  }
  void write(square s, std::string const& text, double size, double down = 0.5) const {
    c_.text(x(s) + width_ / 2 - 1, y(s) + height_ * down + size * 0.35 - 1, text,
            {.size = size, .anchor = "middle", .halo = false});
  }
  void arrow(square s, move m, double length, double down = 0.5) const {
    double const dx = m == move::right ? 1 : m == move::left ? -1 : 0;
    double const dy = m == move::down ? 1 : m == move::up ? -1 : 0;
    double const half = length / 2, head = length / 3;
    double const at_x = x(s) + width_ / 2 - 1, at_y = y(s) + height_ * down - 1;
    double const tip_x = at_x + half * dx, tip_y = at_y + half * dy;
    c_.line(at_x - half * dx, at_y - half * dy, tip_x, tip_y, support::colour::ink, 1.8);
    for (double const side : {-1.0, 1.0}) {
      c_.line(tip_x, tip_y, tip_x - head * dx + side * head * dy * 0.8, tip_y - head * dy + side * head * dx * 0.8,
              support::colour::ink, 1.8);
    }
  }
  // The wall and the ends.
  void furniture(double size) const {
    fill(wall, support::colour::grey, 1);
    fill(good_end, support::colour::green, 1);
    fill(bad_end, support::colour::orange, 1);
    write(good_end, "+1", size);
    write(bad_end, "-1", size);
  }

 private:
  support::canvas& c_;
  double left_, top_, width_, height_;
};

inline void draw_values(support::canvas& c, double left, double top, std::string const& title, values const& v,
                        arrows const& best) {
  namespace colour = support::colour;
  c.text(left, top - 10, title, {.size = 14, .bold = true});
  drawn_board const board(c, left, top, 78, 54);
  board.furniture(16);
  for (auto const& [s, own] : best) {
    double const x = rounded(v.at(s));
    board.fill(s, "#f1f3f5", 1);
    board.fill(s, x < 0 ? colour::orange : colour::green, std::min(1.0, 0.6 * std::abs(x)));
    board.write(s, support::fixed(x, 3), 14.5, 0.3);
    // All four alike say nothing.
    if (own.size() == moves.size()) continue;
    for (move const m : own) board.arrow(s, m, 16, 0.72);
  }
}

inline void draw_policy(support::canvas& c, double left, double top, std::string const& title, policy_range const& r,
                        std::optional<square> changed) {
  c.text(left, top - 9, title, {.size = 14, .bold = true});
  drawn_board const board(c, left, top, 56, 38);
  board.furniture(14);
  for (auto const& [s, own] : r.best) {
    board.fill(s, "#f1f3f5", 1);
    if (changed == s) board.fill(s, "#f2c94c", 0.75);
    for (move const m : own) board.arrow(s, m, 18);
  }
}

// Where the policies change, over the step reward, which is spread as its logarithm.
inline void draw_ranges(support::canvas& c, double left, double right, double y, std::vector<policy_range> const& all) {
  namespace colour = support::colour;
  double const farthest = std::log(4.0), nearest = std::log(0.01);
  auto const x = [&](double step_reward) {
    return left + (right - left) * (farthest - std::log(-step_reward)) / (farthest - nearest);
  };
  for (std::size_t i = 0; i < all.size(); ++i) {
    double const from = all[i].from ? x(rounded(*all[i].from)) : left;
    double const to = *all[i].to < 0 ? x(rounded(*all[i].to)) : right;
    c.rectangle(from, y, to - from, 22, i % 2 == 0 ? colour::green : colour::grey, 0.35);
    c.text((from + to) / 2, y + 16, std::to_string(i + 1),
           {.size = 13, .anchor = "middle", .bold = true, .halo = false});
    if (!(*all[i].to < 0)) continue;
    c.line(to, y - 3, to, y + 25, colour::ink, 1.5);
    // In turns above and below, for they are narrow.
    bool const above = i % 2 == 1;
    c.text(to, above ? y - 9 : y + 40, decimal(*all[i].to), {.size = 12.5, .fill = colour::ink, .anchor = "middle"});
  }
}

}  // namespace detail

inline void draw(std::ostream& out, findings const& f) {
  namespace colour = support::colour;
  support::canvas c(1080);
  support::text_style const faint{.size = 14, .fill = colour::faint};
  c.text(40, 50, "The 4 x 3 world of Russell and Norvig", {.size = 25, .bold = true});
  c.text(
      40, 76,
      "A move goes where it should with 8/10, to either side with 1/10; the discount is 1. All numbers are fractions.",
      faint);
  c.text(40, 118, "Value iteration with a step reward of " + to_text(f.step_reward), {.size = 18, .bold = true});
  c.text(40, 140, "Arrows: the best moves, if the values were right.", faint);
  constexpr double width = 340, height = 212, top = 180;
  std::size_t place = 0;
  auto const next_left = [&] { return 40 + width * static_cast<double>(place % 3); };
  auto const next_top = [&] { return top + height * static_cast<double>(place / 3); };
  for (std::size_t const sweeps : {1u, 2u, 3u, 5u, 10u}) {
    auto const& one = f.sweeps[sweeps];
    detail::draw_values(c, next_left(), next_top(), std::to_string(sweeps) + (sweeps == 1 ? " sweep" : " sweeps"),
                        one.value, one.greedy);
    ++place;
  }
  detail::draw_values(c, next_left(), next_top(), "exactly; the start is worth " + to_text(f.best_value.at(start)),
                      f.best_value, f.best);

  constexpr double second = top + 2 * height + 20;
  c.text(40, second, "The best policy by step reward", {.size = 18, .bold = true});
  c.text(40, second + 22,
         "The scale of step rewards is logarithmic. Yellow: the square whose move is another than in the range before.",
         faint);
  detail::draw_ranges(c, 40, 1040, second + 60, f.ranges);
  constexpr double boards = second + 160;
  for (std::size_t i = 0; i < f.ranges.size(); ++i) {
    auto const changed = i == 0 ? std::nullopt : only_difference(f.ranges[i - 1], f.ranges[i]);
    detail::draw_policy(c, 40 + width * static_cast<double>(i % 3), boards + 160 * static_cast<double>(i / 3),
                        std::to_string(i + 1) + ":  " + range_as_text(f.ranges[i]), f.ranges[i], changed);
  }
  auto const lines = static_cast<double>((f.ranges.size() + 2) / 3);
  c.text(40, boards + 160 * lines, "Above 0 there is none that ends: to go round for ever gains for ever.", faint);
  c.write(out, boards + 160 * lines + 24);
}

}  // namespace grid_world
