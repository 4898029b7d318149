// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "../support/svg.hpp"
#include "../support/table.hpp"
#include "report.hpp"

#include <cstddef>
#include <ostream>
#include <string>

// How the return grows with the steps, a line for each seed.
namespace cartpole {

inline void draw(std::ostream& out, findings const& f) {
  namespace colour = support::colour;
  constexpr double left = 90, right = 1040, top = 110, bottom = 470;
  support::canvas c(1080);
  c.text(40, 50, "CartPole, learnt by proximal policy optimisation", {.size = 25, .bold = true});
  c.text(40, 76,
         "The mean return of the last 20 episodes while it explores, a line for each of " +
             std::to_string(f.all.size()) + (f.all.size() == 1 ? " seed." : " seeds."),
         {.size = 15, .fill = colour::faint});
  auto const most = static_cast<double>(f.how.steps);
  auto const x = [&](double steps) { return left + (right - left) * steps / most; };
  auto const y = [&](double total) { return bottom - (bottom - top) * total / 500; };
  for (int total = 0; total <= 500; total += 100) {
    c.line(left, y(total), right, y(total), colour::grey, 0.5);
    c.text(left - 12, y(total) + 5, std::to_string(total), {.size = 13, .fill = colour::faint, .anchor = "end"});
  }
  for (int part = 0; part <= 4; ++part) {
    double const steps = most * part / 4;
    c.text(x(steps), bottom + 24, support::with_commas(static_cast<std::size_t>(steps)),
           {.size = 13, .fill = colour::faint, .anchor = "middle"});
  }
  c.text((left + right) / 2, bottom + 48, "steps of all carts",
         {.size = 14, .fill = colour::faint, .anchor = "middle"});
  for (learnt const& one : f.all) {
    double from_x = x(0), from_y = y(0);
    std::size_t const every = 1 + one.milestones.size() / 100;
    for (std::size_t k = every - 1; k < one.milestones.size(); k += every) {
      milestone const& m = one.milestones[k];
      double const to_x = x(static_cast<double>(m.steps)), to_y = y(m.mean_return);
      c.line(from_x, from_y, to_x, to_y, colour::green, 1.3);
      from_x = to_x;
      from_y = to_y;
    }
  }
  c.line(left, y(goal), right, y(goal), colour::orange, 1.5);
  c.text(left + 8, y(goal) - 7, "the goal, 475", {.size = 13, .fill = colour::orange});
  c.write(out, bottom + 70);
}

}  // namespace cartpole
