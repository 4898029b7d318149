// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "../support/claims.hpp"
#include "../support/table.hpp"
#include "ppo.hpp"

#include <algorithm>
#include <cstddef>
#include <ostream>
#include <string>
#include <vector>

// What the program prints, in lines of 100 columns or less.
namespace cartpole {

/// What is asked of a policy: the mean return of so many episodes.
inline constexpr double goal = 475;
inline constexpr std::size_t episodes_of_a_mean = 100;

/// One policy that was learnt.
struct learnt {
  unsigned seed;
  double mean_return;  ///< of episodes that it had no part in, by the most probable actions
  double seconds;
  std::vector<milestone> milestones;
};

/// Everything that was found out.
struct findings {
  settings how;
  std::vector<learnt> all;

  /// Whether it learns for as long as it takes to reach the goal.
  bool is_whole() const { return how.steps >= settings{}.steps; }

  support::claims claims() const {
    support::claims c;
    auto const reached = std::ranges::count_if(all, [](learnt const& one) { return one.mean_return >= goal; });
    auto const enough = static_cast<std::ptrdiff_t>((9 * all.size() + 9) / 10);
    c.add("with nine seeds of ten the mean return of 100 episodes is at least 475", reached >= enough);
    c.add("no seed takes longer than 60 s",
          std::ranges::all_of(all, [](learnt const& one) { return one.seconds < 60; }));
    return c;
  }
};

namespace detail {

// After how many steps the mean of the last episodes had reached the goal.
inline std::string steps_to_goal(learnt const& one) {
  for (milestone const& m : one.milestones) {
    if (m.mean_return >= goal) return support::with_commas(m.steps);
  }
  return "-";
}

// The median of what the updates logged, but for what is not a number: where all returns are alike there is nothing to
// explain.
inline double median(learnt const& one, double milestone::*figure) {
  std::vector<double> all;
  for (milestone const& m : one.milestones) {
    if (m.*figure == m.*figure) all.push_back(m.*figure);
  }
  if (all.empty()) return 0;
  std::ranges::sort(all);
  return all[all.size() / 2];
}

}  // namespace detail

inline void print(std::ostream& out, findings const& f) {
  using support::fixed;
  out << "CartPole-v1, learnt by proximal policy optimisation: " << f.how.environments << " carts together, "
      << support::with_commas(f.how.steps) << " steps,\n"
      << "actor and critic of two layers each.\n\n";
  support::table t("rrrrrrr");
  t.row({"seed", "mean return", "475 after steps", "seconds", "KL", "clipped", "explained"});
  for (learnt const& one : f.all) {
    t.row({std::to_string(one.seed), fixed(one.mean_return, 1), detail::steps_to_goal(one), fixed(one.seconds, 1),
           fixed(detail::median(one, &milestone::approximate_kl), 4),
           support::percents(detail::median(one, &milestone::clip_fraction)),
           fixed(detail::median(one, &milestone::explained_variance), 2)});
  }
  t.print(out);
  out << "\n  mean return      of " << episodes_of_a_mean
      << " new episodes, by the most probable actions; 500 is the most there is\n"
         "  475 after steps  when the mean return of the last 20 episodes had reached it, while it explored\n"
         "  KL, clipped, explained\n"
         "                   of the median update: how far the policy went, how many ratios the clip bound,\n"
         "                   how much of the returns' variance the critic knew\n";
  if (f.is_whole()) f.claims().print(out);
}

}  // namespace cartpole
