// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "../support/svg.hpp"
#include "../support/table.hpp"
#include "findings.hpp"
#include "report.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <ostream>
#include <string>
#include <utility>
#include <vector>

// The hazard of a replacement and the value of an engine, over its mileage.
namespace bus_engine {

namespace detail {

// The interval of Wilson, 1927, which holds a probability that was seen `k` times of n 19 times of 20.
inline std::pair<double, double> likely_rates(double k, double n) {
  constexpr double z = 1.96;
  double const middle = (k + z * z / 2) / (n + z * z);
  double const half = z / (n + z * z) * std::sqrt(k * (n - k) / n + z * z / 4);
  return {std::max(middle - half, 0.0), middle + half};
}

// A frame with mileage along its foot.
class panel {
 public:
  static constexpr double left = 95, right = 880;

  panel(support::canvas& its_canvas, double top, double bottom, double least, double most)
      : c_(its_canvas), top_(top), bottom_(bottom), least_(least), most_(most) {}

  double x(double bin) const { return left + (right - left) * bin / bins; }
  double y(double value) const { return bottom_ - (bottom_ - top_) * (value - least_) / (most_ - least_); }

  void frame(std::vector<std::pair<double, std::string>> const& levels) const {
    namespace colour = support::colour;
    for (auto const& [level, name] : levels) {
      c_.line(left, y(level), right, y(level), "#e6e9ec");
      c_.text(left - 10, y(level) + 4, name, {.size = 12.5, .fill = colour::faint, .anchor = "end"});
    }
    for (int bin = 0; bin <= bins; bin += 10) {
      c_.line(x(bin), bottom_, x(bin), bottom_ + 5, colour::faint);
      c_.text(x(bin), bottom_ + 20, std::to_string(5 * bin), {.size = 12.5, .fill = colour::faint, .anchor = "middle"});
    }
    c_.line(left, bottom_, right, bottom_, colour::faint);
  }

  template <class Function>
  void curve(Function const& f, char const* stroke, double width) const {
    for (int bin = 0; bin + 1 < bins; ++bin) {
      c_.line(x(bin + 0.5), y(f(bin)), x(bin + 1.5), y(f(bin + 1)), stroke, width);
    }
  }

 private:
  support::canvas& c_;
  double top_, bottom_, least_, most_;
};

inline void draw_hazard(support::canvas& c, findings const& f, double top) {
  namespace colour = support::colour;
  judged_fleet const& chief = f.chief();
  auto const ahead = chief.of.decisions_at(chief.patient_estimate.cost);
  garage<double> const not_ahead(chief.of.engine_at(chief.myopic_estimate.cost), myopic, values<double>(bins));
  auto const rate = [](garage<double> const& of) {
    return [&of](int bin) { return of.probability(bin, decision::replace); };
  };
  auto const classes = hazard_classes(chief.of.of(), ahead);
  double most = 0.06;
  for (hazard_class const& one : classes) {
    if (one.replaced != 0) most = std::max(most, 1.4 * one.rate());
  }
  most = std::ceil(25 * most) / 25;
  double const bottom = top + 300;
  panel const p(c, top, bottom, 0, most);
  std::vector<std::pair<double, std::string>> levels;
  for (int percent = 0; percent <= 100 * most + 0.5; percent += 4) {
    levels.emplace_back(percent / 100.0, std::to_string(percent) + " %");
  }
  p.frame(levels);

  for (hazard_class const& one : classes) {
    auto const [low, high] = likely_rates(static_cast<double>(one.replaced), static_cast<double>(one.months));
    double const x = p.x((one.first + one.last) / 2.0);
    bool const cut = high > most;
    c.line(x, p.y(low), x, p.y(cut ? most : high), colour::orange, 1.5);
    if (cut) {
      c.text(x, top - 6, support::fixed(100 * high, 0) + " %", {.size = 11, .fill = colour::faint, .anchor = "middle"});
    }
    c.circle(x, p.y(one.rate()), 2 + std::sqrt(static_cast<double>(one.months)) / 6, colour::orange, 0.9);
  }
  p.curve(rate(not_ahead), colour::grey, 2);
  p.curve(rate(ahead), colour::green, 3);
}

inline void draw_value(support::canvas& c, findings const& f, double top) {
  namespace colour = support::colour;
  auto const& v = f.solved.value;
  double const price = f.chief().patient_estimate.cost.replacement;
  double const least = -std::ceil((price + 1) / 2) * 2;
  panel const p(c, top, top + 220, least, 0);
  std::vector<std::pair<double, std::string>> levels;
  for (double level = 0; level >= least; level -= 2) levels.emplace_back(level, support::fixed(level, 0));
  p.frame(levels);
  c.line(panel::left, p.y(-price), panel::right, p.y(-price), colour::ink, 1.5);
  c.text(panel::left + 8, p.y(-price) - 7, "less a new engine's cost, RC = " + support::fixed(price, 2), {.size = 13});
  p.curve([&](int bin) { return v[static_cast<std::size_t>(bin)] - v[0]; }, colour::green, 3);
}

}  // namespace detail

inline void draw(std::ostream& out, findings const& f) {
  namespace colour = support::colour;
  judged_fleet const& chief = f.chief();
  support::canvas c(940);
  support::text_style const faint{.size = 14, .fill = colour::faint};
  c.text(40, 48, "When is a bus engine replaced?", {.size = 25, .bold = true});
  c.text(40, 74,
         std::to_string(chief.buses) + " buses (" + chief.name + "), " + support::with_commas(chief.of.of().months) +
             " months, " + std::to_string(chief.of.of().replaced) + " engines replaced" +
             (chief.rust ? "; Rust, Econometrica 1987." : "."),
         faint);
  c.text(40, 112, "Probability that it is replaced in a month", {.size = 17, .bold = true});
  c.circle(46, 131, 5, colour::orange);
  c.text(58, 136, "recorded, by 25,000 miles; larger where more months are, with 95 % intervals", {.size = 13.5});
  c.line(40, 152, 56, 152, colour::green, 3);
  c.text(62, 157, "by the model, of a garage that looks ahead (discount 0.9999)", {.size = 13.5});
  c.line(500, 152, 516, 152, colour::grey, 2);
  c.text(522, 157, "and of one that does not (discount 0)", {.size = 13.5});
  detail::draw_hazard(c, f, 190);
  c.text(detail::panel::right, 530, "thousand miles since the engine was new",
         {.size = 13, .fill = colour::faint, .anchor = "end"});
  c.text(40, 575, "What the engine is worth, less what a new one is", {.size = 17, .bold = true});
  c.text(40, 597, "The unit is the scale of what the garage knows of a bus in a month, and we do not.", faint);
  detail::draw_value(c, f, 620);
  c.text(detail::panel::right, 880, "thousand miles since the engine was new",
         {.size = 13, .fill = colour::faint, .anchor = "end"});
  c.write(out, 905);
}

}  // namespace bus_engine
