// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "../support/svg.hpp"
#include "../support/table.hpp"
#include "evaluation.hpp"
#include "report.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <ostream>
#include <string>
#include <vector>

// The estimates with their errors, and how the weight of a log is spread over its impressions.
namespace open_bandit {

namespace detail {

// A step of 1, 2 or 5 times a power of ten of which about `count` fit into `width`.
inline double tick(double width, double count) {
  double const least = width / count;
  double const power = std::pow(10, std::floor(std::log10(least)));
  for (double const factor : {1.0, 2.0, 5.0}) {
    if (factor * power >= least) return factor * power;
  }
  return 10 * power;
}

inline void draw_estimates(support::canvas& c, double top, findings const& f) {
  namespace colour = support::colour;
  constexpr double left = 250, right = 900, row = 44;
  double least = 0, most = 0;
  auto const reach = [](answer const& a) { return a.value + 1.96 * a.error(); };
  for (answer const& a : f.answers) {
    most = std::max(most, reach(a));
    least = std::min(least, 2 * a.value - reach(a));
  }
  most = std::max({most, reach(f.uniform), reach(f.adaptive)}) * 1.05;
  auto const x = [&](double value) { return left + (right - left) * (value - least) / (most - least); };
  double const bottom = top + row * static_cast<double>(f.answers.size() + 2);

  c.rectangle(x(2 * f.uniform.value - reach(f.uniform)), top,
              x(reach(f.uniform)) - x(2 * f.uniform.value - reach(f.uniform)), bottom - top, colour::green, 0.13);
  c.line(x(f.uniform.value), top, x(f.uniform.value), bottom, colour::green, 1.5);
  double const step = tick(most - least, 7);
  for (double at = std::ceil(least / step) * step; at < most; at += step) {
    c.line(x(at), bottom, x(at), bottom + 5, colour::faint);
    c.text(x(at), bottom + 20, support::fixed(100 * at, step < 0.001 ? 2 : 1) + " %",
           {.size = 12.5, .fill = colour::faint, .anchor = "middle"});
  }
  c.line(left, bottom, right, bottom, colour::faint);
  if (f.logs.truth) {
    c.line(x(*f.logs.truth), top - 6, x(*f.logs.truth), bottom, colour::ink, 1.5);
    c.text(x(*f.logs.truth), top - 12, "the truth, by the rules", {.size = 12.5, .anchor = "middle"});
  }

  auto const interval = [&](double y, answer const& a, std::string const& name, char const* fill) {
    c.text(left - 20, y + 5, name, {.size = 15, .anchor = "end"});
    c.line(x(2 * a.value - reach(a)), y, x(reach(a)), y, fill, 3);
    c.circle(x(a.value), y, 6, fill);
    c.text(right + 20, y + 5, as_percent(a), {.size = 13, .fill = colour::faint});
  };
  double y = top + row / 2;
  for (answer const& a : f.answers) {
    interval(y, a, a.method, colour::orange);
    y += row;
  }
  interval(y, f.uniform, "uniform policy's own log", colour::green);
  interval(y + row, f.adaptive, "adaptive policy's own log", colour::grey);
}

inline void draw_ratios(support::canvas& c, double top, findings const& f) {
  namespace colour = support::colour;
  constexpr double left = 250, row = 26, width = 600;
  std::vector<double> const upper{0.1, 0.3, 1, 3, 10, 30, 100, 1e300};
  std::vector<double> count(upper.size(), 0), weight(upper.size(), 0);
  double total = 0;
  for (impression const& i : f.logs.adaptive) {
    double const ratio = 1 / (static_cast<double>(f.logs.items) * i.propensity);
    auto const k = static_cast<std::size_t>(
        std::find_if(upper.begin(), upper.end(), [&](double u) { return ratio <= u; }) - upper.begin());
    count[k] += 1;
    weight[k] += ratio;
    total += ratio;
  }
  auto const shortest = [](double u) { return support::fixed(u, u < 1 ? 1 : 0); };
  double y = top;
  for (std::size_t k = 0; k < upper.size(); ++k) {
    double const shown = count[k] / static_cast<double>(f.logs.adaptive.size());
    double const weighed = weight[k] / total;
    std::string const name = k == 0                  ? "ratio up to " + shortest(upper[0])
                             : k + 1 == upper.size() ? "above " + shortest(upper[k - 1])
                                                     : shortest(upper[k - 1]) + " to " + shortest(upper[k]);
    c.text(left - 20, y + 15, name, {.size = 13, .anchor = "end"});
    c.rectangle(left, y, width * shown, 9, colour::grey);
    c.rectangle(left, y + 10, width * weighed, 9, colour::orange);
    c.text(left + width * std::max(shown, weighed) + 8, y + 14,
           support::fixed(100 * shown, 1) + " % of impressions, " + support::fixed(100 * weighed, 1) + " % of weight",
           {.size = 12, .fill = colour::faint});
    y += row;
  }
}

}  // namespace detail

inline void draw(std::ostream& out, findings const& f) {
  namespace colour = support::colour;
  support::canvas c(1080);
  c.text(40, 50, "The uniform policy's click rate, from another policy's log", {.size = 25, .bold = true});
  c.text(40, 76,
         f.resamples != 0 ? "With 95 % intervals, for the estimates from resampled logs. The green band is what the "
                            "uniform policy's own log says."
                          : "With 95 % intervals by formula. The green band is what the uniform policy's own log says.",
         {.size = 15, .fill = colour::faint});
  detail::draw_estimates(c, 130, f);
  double const lower = 130 + 44 * static_cast<double>(f.answers.size() + 2) + 90;
  c.text(40, lower, "Where the weight lies", {.size = 20, .bold = true});
  support::text_style const explanation{.size = 14, .fill = colour::faint};
  c.text(40, lower + 25, "The ratio of an impression: how much more often the uniform policy shows this item here.",
         explanation);
  c.text(40, lower + 45, "Grey: share of the impressions. Orange: share of the weight.", explanation);
  detail::draw_ratios(c, lower + 65, f);
  c.write(out, lower + 65 + 26 * 8 + 24);
}

}  // namespace open_bandit
