// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "../examples/support/svg.hpp"
#include "../examples/support/table.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <ostream>
#include <string>
#include <utility>
#include <vector>

// What a transition takes in a model of 10^4 of them, and in one of 10^7, as a picture.
namespace growth {

/// For one transition of a model of so many: nanoseconds to tabulate and to solve it, bytes of the table's arrays.
struct row {
  double transitions, tabulated, solved, bytes;
};

/// What was measured, in the order in which it was.
inline std::vector<row>& rows() {
  static std::vector<row> all;
  return all;
}

/// Draws all rows: the number of transitions to the right, what one takes upwards, both on logarithmic scales.
inline void draw(std::ostream& out) {
  namespace colour = support::colour;
  auto const& all = growth::rows();
  constexpr double left = 70, right = 620, top = 70, bottom = 390;
  double fewest = all.front().transitions, most = fewest, least = all.front().bytes, greatest = least;
  for (row const& r : all) {
    fewest = std::min(fewest, r.transitions);
    most = std::max(most, r.transitions);
    for (double const y : {r.tabulated, r.solved, r.bytes}) {
      least = std::min(least, y);
      greatest = std::max(greatest, y);
    }
  }
  // Whole powers of ten around them, but for what is next to one.
  auto const below = [](double x) { return static_cast<int>(std::floor(std::log10(x) + 0.01)); };
  auto const above = [](double x) { return static_cast<int>(std::ceil(std::log10(x) - 0.01)); };
  int const first = below(fewest), last = std::max(above(most), first + 1);
  int const low = below(least), high = std::max(above(greatest), low + 1);
  auto const x_of = [&](double n) { return left + (right - left) * (std::log10(n) - first) / (last - first); };
  auto const y_of = [&](double y) { return bottom - (bottom - top) * (std::log10(y) - low) / (high - low); };

  support::canvas c(760);
  c.text(left, 30, "What one transition takes as the model grows", {.size = 17, .bold = true});
  c.text(left, 52,
         "States with 4 actions of 5 successors, at random; a discount of 0.9; to a relative error of a millionth",
         {.fill = colour::faint});
  for (int k = first; k <= last; ++k) {
    double const x = x_of(std::pow(10, k));
    c.line(x, top, x, bottom, colour::grey, 0.5);
    c.text(x, bottom + 20, "10^" + std::to_string(k), {.fill = colour::faint, .anchor = "middle"});
  }
  for (int k = low; k <= high; ++k) {
    double const y = y_of(std::pow(10, k));
    c.line(left, y, right, y, colour::grey, 0.5);
    c.text(left - 8, y + 4, support::fixed(std::pow(10, k), std::max(-k, 0)), {.fill = colour::faint, .anchor = "end"});
  }
  c.text((left + right) / 2, bottom + 42, "transitions", {.anchor = "middle"});
  auto const series = [&](double row::*of, char const* name, char const* stroke) {
    for (std::size_t i = 0; i < all.size(); ++i) {
      double const x = x_of(all[i].transitions), y = y_of(all[i].*of);
      if (i > 0) c.line(x_of(all[i - 1].transitions), y_of(all[i - 1].*of), x, y, stroke, 2);
      c.circle(x, y, 3.5, stroke);
    }
    c.text(x_of(all.back().transitions) + 10, y_of(all.back().*of) + 4, name, {.fill = stroke});
  };
  series(&row::solved, "ns to solve", colour::green);
  series(&row::tabulated, "ns to tabulate", colour::orange);
  series(&row::bytes, "bytes in the table", colour::ink);
  c.write(out, bottom + 60);
}

}  // namespace growth
