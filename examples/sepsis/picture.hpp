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
#include <vector>

// Survival by severity, and which doses are given how often, by the clinicians and by the best policy.
namespace sepsis {

namespace detail {

inline void draw_survival(support::canvas& c, findings const& f, double top) {
  namespace colour = support::colour;
  constexpr double left = 110, right = 1040, height = 360;
  auto const groups = by_severity(f);
  constexpr double most = 20;
  auto const x = [&](double sofa) { return left + (right - left) * sofa / most; };
  auto const y = [&](double survival) { return top + height * (1 - survival); };
  for (int level = 0; level <= 100; level += 20) {
    c.line(left, y(level / 100.0), right, y(level / 100.0), "#e6e9ec");
    c.text(left - 12, y(level / 100.0) + 4, std::to_string(level) + " %",
           {.size = 12.5, .fill = colour::faint, .anchor = "end"});
  }
  for (int sofa = 0; sofa <= most; sofa += 2) {
    c.line(x(sofa), top + height, x(sofa), top + height + 5, colour::faint);
    c.text(x(sofa), top + height + 20, std::to_string(sofa), {.size = 12.5, .fill = colour::faint, .anchor = "middle"});
  }
  c.line(left, top + height, right, top + height, colour::faint);
  for (std::size_t s = 0; s < f.of.start.size(); ++s) {
    if (f.of.start[s] == 0) continue;
    double const radius = std::max(1.6, 90 * std::sqrt(f.of.start[s] / 3.14159));
    c.circle(x(f.of.severity[s]), y(f.clinicians.survival[s]), radius, colour::orange, 0.28);
    c.circle(x(f.of.severity[s]), y(f.best.survival[s]), radius, colour::green, 0.28);
  }
  auto const through = [&](group_course severity_group::*of, char const* stroke, double width) {
    for (std::size_t i = 0; i + 1 < groups.size(); ++i) {
      c.line(x(groups[i].severity), y((groups[i].*of).survival), x(groups[i + 1].severity),
             y((groups[i + 1].*of).survival), stroke, width);
    }
  };
  through(&severity_group::random, colour::grey, 8);
  through(&severity_group::clinicians, colour::orange, 3);
  through(&severity_group::best, colour::green, 3);
  c.text(right, top + height + 42, "SOFA score on arrival: the higher, the more organs fail",
         {.size = 13, .fill = colour::faint, .anchor = "end"});
}

// Five by five doses, each as dark as it is frequent. Where `signs`, darker orange is less often, green more often.
template <class Share>
void draw_doses(support::canvas& c, double left, double top, std::string const& title, bool signs, Share const& share) {
  namespace colour = support::colour;
  constexpr double cell = 46;
  constexpr auto last = static_cast<int>(doses) - 1;
  c.text(left, top - 16, title, {.size = 15, .bold = true});
  for (int fluids = 0; fluids <= last; ++fluids) {
    for (int vasopressors = 0; vasopressors <= last; ++vasopressors) {
      double const p = share(fluids, vasopressors);
      double const x = left + cell * vasopressors, y = top + cell * (last - fluids);
      c.rectangle(x, y, cell - 2, cell - 2, "#f1f3f5");
      c.rectangle(x, y, cell - 2, cell - 2, signs && p < 0 ? colour::orange : colour::green,
                  std::min(1.0, std::abs(p) * (signs ? 7 : 3.2)));
      c.text(x + cell / 2 - 1, y + cell / 2 + 4, support::fixed(100 * p, 1, signs),
             {.size = 12, .anchor = "middle", .halo = false});
    }
  }
  for (int dose = 0; dose <= last; ++dose) {
    std::string const name = dose == 0 ? "none" : std::to_string(dose);
    c.text(left + cell * dose + cell / 2 - 1, top + cell * (last + 1) + 14, name,
           {.size = 12, .fill = colour::faint, .anchor = "middle"});
    c.text(left - 8, top + cell * (last - dose) + cell / 2 + 4, name,
           {.size = 12, .fill = colour::faint, .anchor = "end"});
  }
  c.text(left + cell * (last + 1) / 2, top + cell * (last + 1) + 33, "vasopressors",
         {.size = 12.5, .fill = colour::faint, .anchor = "middle"});
  c.text(left - 8, top - 16 + 8, "fluids", {.size = 12.5, .fill = colour::faint, .anchor = "end"});
}

}  // namespace detail

inline void draw(std::ostream& out, findings const& f) {
  namespace colour = support::colour;
  support::canvas c(1080);
  support::text_style const faint{.size = 14, .fill = colour::faint};
  c.text(40, 50, "Who survives sepsis, and how they are treated", {.size = 25, .bold = true});
  c.text(40, 76,
         f.recorded ? "ICU-Sepsis, a model made of 17,000 stays in intensive care: what is best in it is no advice."
                    : "A unit made up by rules.",
         faint);
  c.text(40, 116, "Probability of survival", {.size = 17, .bold = true});
  auto const key = [&](double x, char const* fill, course const& of) {
    c.circle(x, 136, 6, fill);
    c.text(x + 12, 141, of.name + ": " + support::percents(of.expected.middle(), 2), {.size = 14});
  };
  key(46, colour::orange, f.clinicians);
  key(270, colour::green, f.best);
  key(500, colour::grey, f.random);
  c.text(40, 163,
         "A circle is a state, as large as many patients come in it. Lines are means over two points of severity.",
         faint);
  detail::draw_survival(c, f, 190);
  c.text(40, 655, "How often each treatment is given, in percent of all blocks of four hours",
         {.size = 17, .bold = true});
  c.text(40, 678, "Doses: none, and 1, the least, to 4, the quarters of what is given where some is.", faint);
  auto const share = [](course const& of) {
    return [&of](int fluids, int vasopressors) { return of.share(fluids, vasopressors); };
  };
  detail::draw_doses(c, 100, 730, "the clinicians", false, share(f.clinicians));
  detail::draw_doses(c, 440, 730, "the best policy", false, share(f.best));
  detail::draw_doses(c, 780, 730, "the difference", true, [&](int fluids, int vasopressors) {
    return f.best.share(fluids, vasopressors) - f.clinicians.share(fluids, vasopressors);
  });
  c.write(out, 1020);
}

}  // namespace sepsis
