// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "../support/svg.hpp"
#include "../support/table.hpp"
#include "report.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <ostream>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

// How reward, divergence, entropy and signal go with the updates, a line for each method.
namespace story_model {

namespace detail {

inline constexpr std::array line_colours{support::colour::green, support::colour::orange, "#5567c9", "#b0468f"};

struct panel {
  std::string_view title;
  double measures::*figure;
  bool is_share;
};

// A round number from which on up nothing is drawn.
inline double top_of(double most) {
  double const unit = std::pow(10.0, std::floor(std::log10(most)));
  for (double const by : {1.0, 2.0, 2.5, 5.0}) {
    if (most <= by * unit) return by * unit;
  }
  return 10 * unit;
}

inline void draw_panel(support::canvas& c, findings const& f, panel const& p, double left, double top) {
  namespace colour = support::colour;
  constexpr double width = 440, height = 210;
  double most = 1e-6;
  std::size_t updates = 2;
  for (learnt const& l : f.all) {
    updates = std::max(updates, l.history.size());
    for (measures const& m : l.history) most = std::max(most, m.*p.figure);
  }
  double const highest = p.is_share ? 1 : detail::top_of(most);
  auto const x = [&](double update) { return left + width * update / static_cast<double>(updates - 1); };
  auto const y = [&](double value) { return top + height - height * value / highest; };
  c.text(left, top - 14, p.title, {.size = 15, .bold = true});
  for (int k = 0; k <= 4; ++k) {
    double const value = highest * k / 4;
    c.line(left, y(value), left + width, y(value), colour::grey, 0.5);
    c.text(left - 8, y(value) + 4, p.is_share ? support::fixed(100 * value, 0) + " %" : support::fixed(value, 2),
           {.size = 12, .fill = colour::faint, .anchor = "end"});
  }
  for (std::size_t const k : {std::size_t{0}, (updates - 1) / 2, updates - 1}) {
    c.text(x(static_cast<double>(k)), top + height + 18, std::to_string(k + 1),
           {.size = 12, .fill = colour::faint, .anchor = "middle"});
  }
  for (std::size_t i = 0; i < f.all.size(); ++i) {
    auto const& history = f.all[i].history;
    std::size_t const every = 1 + history.size() / 150;
    for (std::size_t k = every; k < history.size(); k += every) {
      c.line(x(static_cast<double>(k - every)), y(history[k - every].*p.figure), x(static_cast<double>(k)),
             y(history[k].*p.figure), line_colours[i % line_colours.size()], 1.8);
    }
  }
}

}  // namespace detail

inline void draw(std::ostream& out, findings const& f) {
  namespace colour = support::colour;
  support::canvas c(1080);
  c.text(40, 50, "A language model learns to write what is rewarded", {.size = 25, .bold = true});
  c.text(40, 76,
         "Stories that begin with \"" + f.how.prompt + "\" and have \"" + f.how.wanted +
             "\" in them: " + std::to_string(f.how.batch) + " stories an update, means of each.",
         {.size = 15, .fill = colour::faint});
  double at = 40;
  for (std::size_t i = 0; i < f.all.size(); ++i) {
    c.line(at, 102, at + 26, 102, detail::line_colours[i % detail::line_colours.size()], 3);
    c.text(at + 34, 107, f.all[i].by.title, {.size = 14});
    at += 60 + 10 * static_cast<double>(f.all[i].by.title.size());
  }
  constexpr std::array panels{
      detail::panel{"reward", &measures::reward, true},
      detail::panel{"KL from the original, nats a story", &measures::kl, false},
      detail::panel{"entropy, nats a token", &measures::entropy, false},
      detail::panel{"groups with signal", &measures::signal, true},
  };
  for (std::size_t k = 0; k < panels.size(); ++k) {
    detail::draw_panel(c, f, panels[k], k % 2 == 0 ? 90 : 600, k < 2 ? 170 : 460);
  }
  c.text(540, 726, "updates", {.size = 14, .fill = colour::faint, .anchor = "middle"});
  c.write(out, 750);
}

}  // namespace story_model
