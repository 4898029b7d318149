// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/models/cliff_walking.hpp>
#include <bellman/models/frozen_lake.hpp>
#include <bellman/models/random_walk.hpp>
#include <bellman/models/recycling_robot.hpp>
#include <bellman/models/taxi.hpp>

#include "../support/claims.hpp"
#include "../support/table.hpp"
#include "baird.hpp"
#include "control.hpp"
#include "course.hpp"
#include "prediction.hpp"
#include "world.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

// Everything that is found out, and what is claimed about it.
namespace learners {

/// How often each learner is looked at, besides before it begins.
inline constexpr std::size_t look_count = 20;

/// For how many weights at most the equations are solved, again and again.
inline constexpr std::size_t most_weights = 64;

struct asked {
  std::size_t seeds = 30;
  bool quick = false;  ///< leaves out the worlds that take long
};

/// What became of a learner in a world, over all seeds.
struct learned {
  std::string name;
  courses values;  ///< how far its values are off; none of one that learns no values of actions
  courses lost;    ///< what its policy loses; none of one that judges a policy

  /// What its picture shows.
  courses const& shown(bool as_policy) const { return as_policy ? lost : values; }
};

struct studied {
  lesson of;
  double best = 0;  ///< V* of the start, or V_pi where a policy is judged
  std::vector<std::vector<learned>> columns;

  learned const& by(std::string const& name) const {
    for (auto const& column : columns) {
      for (learned const& one : column) {
        if (one.name == name) return one;
      }
    }
    throw std::out_of_range(name);
  }
};

/// What became of a learner of Baird's counterexample. The courses are of decimal logarithms.
struct diverged {
  std::string name;
  courses residual, off, largest;
  std::vector<baird::three_courses> runs;
};

struct findings {
  asked by;
  std::vector<studied> judged, sought;
  std::size_t steps = 0;  ///< of the counterexample
  std::vector<diverged> counterexample;
  support::claims claims;
};

namespace detail {

template <class Run>
void for_each_seed(asked const& by, Run const& run) {
  for (std::size_t seed = 1; seed <= by.seeds; ++seed) {
    generator chance(seed);
    run(chance);
  }
}

inline studied judge(asked const& by, world const& in, double share) {
  judged const pi(in, share);
  studied found{in.of(), in.worth(pi), {}};
  auto const at = looks(in.of().episodes, look_count);
  for (auto const& column : predictors()) {
    auto& all = found.columns.emplace_back();
    for (predictor const& one : column) {
      auto& l = all.emplace_back(learned{one.name, {}, {}});
      detail::for_each_seed(by, [&](generator& chance) { l.values.add(one.run(pi, at, chance)); });
    }
  }
  return found;
}

inline studied seek(asked const& by, world const& in) {
  sought const of(in);
  studied found{in.of(), of.best(), {}};
  auto const at = looks(in.of().episodes, look_count);
  for (auto const& column : controllers()) {
    auto& all = found.columns.emplace_back();
    for (controller const& one : column) {
      if (one.by_least_squares && in.env().slots() > most_weights) continue;
      auto& l = all.emplace_back(learned{one.name, {}, {}});
      detail::for_each_seed(by, [&](generator& chance) {
        auto const run = one.run(of, at, chance);
        if (!run.values.empty()) l.values.add(run.values);
        l.lost.add(run.lost);
      });
    }
  }
  return found;
}

inline std::vector<diverged> diverge(asked const& by, std::size_t steps) {
  std::vector<diverged> all;
  auto const at = looks(steps, look_count);
  auto const logarithms = [](course one) {
    for (double& x : one) x = std::log10(x);
    return one;
  };
  for (baird::runner const& one : baird::runners()) {
    auto& found = all.emplace_back(diverged{one.name, {}, {}, {}, {}});
    detail::for_each_seed(by, [&](generator& chance) {
      auto const& run = found.runs.emplace_back(one.run(at, chance));
      found.residual.add(logarithms(run.residual));
      found.off.add(logarithms(run.off));
      found.largest.add(logarithms(run.largest));
    });
  }
  return all;
}

template <class Holds>
bool in_every_run(diverged const& of, Holds const& holds) {
  return std::all_of(of.runs.begin(), of.runs.end(), holds);
}

inline void claim_about_predictions(findings& f) {
  for (studied const& s : f.judged) {
    // What is left of the first error, at most.
    double const left = s.of.name == "random walk" ? 0.6 : s.of.name == "recycling robot" ? 0.1 : 0.4;
    bool all = true;
    for (auto const& column : s.columns) {
      for (learned const& one : column) all = all && one.values.last().mean < left * one.values[0].mean;
    }
    f.claims.add(
        s.of.name + ": of the first error of every learner less than " + support::percents(left, 0) + " is left", all);
    double const apart = s.by("recursive least squares").values.last().mean - s.by("LSTD(0)").values.last().mean;
    f.claims.add(s.of.name + ": recursive least squares come to what LSTD(0) solves for, within 1e-3",
                 std::abs(apart) < 1e-3);
  }
}

inline void claim_about_control(findings& f) {
  for (studied const& s : f.sought) {
    auto const is = [&](char const* name) { return s.of.name == name; };
    auto const lost = [&](auto const&... names) { return std::max({s.by(names).lost.last().mean...}); };
    auto const off = [&](auto const&... names) { return std::max({s.by(names).values.last().mean...}); };
    auto const say = [&](std::string const& what, bool holds) { f.claims.add(s.of.name + ": " + what, holds); };
    if (is("recycling robot")) {
      bool all = true;
      for (auto const& column : s.columns) {
        for (learned const& one : column) all = all && (one.values.empty() || one.lost.last().mean < 1e-9);
      }
      say("all that learn values of actions find the best policy in every run", all);
      say("Q-learning, double Q-learning, Watkins' Q(0.8), LSPI end within 2 % of V*",
          off("Q-learning", "double Q-learning", "Watkins' Q(0.8)", policy_iteration) < 0.02 * s.best);
    }
    if (is("cliff walking")) {
      say("Q-learning finds the best way in every run, and its values within 1e-3",
          lost("Q-learning") < 1e-9 && off("Q-learning") < 1e-3);
      say("Sarsa still keeps away from the edge, and loses more than 1", lost("Sarsa") > 1);
      say("actor-critic, which still tries other ways, loses less than 3", lost("actor-critic") < 3);
    }
    if (is("FrozenLake 4x4")) {
      say("Sarsa, expected Sarsa, Q-learning, Q(0.8), actor-critic lose less than 0.05",
          lost("Sarsa", "expected Sarsa", "Q-learning", "Watkins' Q(0.8)", "actor-critic") < 0.05);
    }
    if (is("FrozenLake 8x8")) {
      say("Watkins' Q(0.8) is closer to V* than Q-learning, and loses less",
          off("Watkins' Q(0.8)") < off("Q-learning") && lost("Watkins' Q(0.8)") < lost("Q-learning"));
      say("actor-critic loses less than 0.05", lost("actor-critic") < 0.05);
      say("REINFORCE has to reach the goal by chance first, and has hardly begun", lost(reinforce) > 0.5 * s.best);
    }
    if (is("Taxi")) {
      say("Q-learning, expected Sarsa and actor-critic lose less than 2",
          lost("Q-learning", "expected Sarsa", "actor-critic") < 2);
    }
  }
}

inline void claim_about_the_counterexample(findings& f) {
  auto const& td = f.counterexample.at(0);
  auto const& tdc = f.counterexample.at(1);
  auto const& table = f.counterexample.at(2);
  f.claims.add("Baird: in every run the weights of off-policy TD(0) double from each quarter to the next",
               detail::in_every_run(td, [](baird::three_courses const& run) {
                 bool doubles = true;
                 for (std::size_t i = look_count / 4; i + look_count / 4 <= look_count; i += look_count / 4) {
                   doubles = doubles && run.largest[i + look_count / 4] > 2 * run.largest[i];
                 }
                 return doubles;
               }));
  f.claims.add("Baird: in every run TDC ends with less than a hundredth of its first projected error",
               detail::in_every_run(tdc, [](baird::three_courses const& run) {
                 return run.residual.back() < 0.01 * run.residual.front();
               }));
  f.claims.add("Baird: with a weight for each state the same TD(0) never has a larger weight than at first",
               detail::in_every_run(table, [](baird::three_courses const& run) {
                 return *std::max_element(run.largest.begin(), run.largest.end()) <= run.largest.front();
               }));
}

}  // namespace detail

/// Everything there is to find out.
inline findings find_out(asked const& by) {
  namespace models = bellman::models;
  findings f;
  f.by = by;
  f.judged.push_back(detail::judge(by,
                                   world({.name = "random walk",
                                          .gamma = 1,
                                          .episodes = 200,
                                          .longest = 1000,
                                          .first_value = 0.5,
                                          .step = falling_steps(0.6)},
                                         models::random_walk<>{}),
                                   0));
  f.judged.push_back(detail::judge(
      by,
      world({.name = "FrozenLake 4x4", .gamma = 0.99, .episodes = 1000, .longest = 1000, .step = falling_steps(0.5)},
            models::frozen_lake<>{}),
      0.2));
  f.judged.push_back(detail::judge(
      by,
      world({.name = "recycling robot", .gamma = 0.9, .episodes = 50, .longest = 100, .step = falling_steps(0.5)},
            models::recycling_robot<>{}),
      0.5));
  f.sought.push_back(detail::seek(
      by, world({.name = "recycling robot", .gamma = 0.9, .episodes = 100, .longest = 100, .step = falling_steps(0.6)},
                models::recycling_robot<>{})));
  f.sought.push_back(detail::seek(by, world({.name = "cliff walking",
                                             .gamma = 0.99,
                                             .episodes = 1000,
                                             .longest = 200,
                                             .step = constant_steps(0.2),
                                             .reinforce_step = 0.0003},
                                            models::cliff_walking<>{})));
  if (!by.quick) {
    // A goal that is seldom reached is sought where all looks better at first than it is.
    f.sought.push_back(detail::seek(by, world({.name = "FrozenLake 4x4",
                                               .gamma = 0.99,
                                               .episodes = 2500,
                                               .longest = 100,
                                               .first_value = 1,
                                               .step = falling_steps(0.6),
                                               .actor_step = 1,
                                               .reinforce_step = 0.5},
                                              models::frozen_lake<>{})));
    f.sought.push_back(detail::seek(by, world({.name = "FrozenLake 8x8",
                                               .gamma = 0.99,
                                               .episodes = 2000,
                                               .longest = 200,
                                               .first_value = 1,
                                               .step = falling_steps(0.6),
                                               .actor_step = 1,
                                               .reinforce_step = 1},
                                              models::frozen_lake<double, models::lake_8x8>{})));
    f.sought.push_back(detail::seek(by, world({.name = "Taxi",
                                               .gamma = 0.99,
                                               .episodes = 2000,
                                               .longest = 200,
                                               .step = constant_steps(0.5),
                                               .reinforce_step = 0.001},
                                              models::taxi<>{})));
  }
  f.steps = 3000;
  f.counterexample = detail::diverge(by, f.steps);
  detail::claim_about_predictions(f);
  detail::claim_about_control(f);
  detail::claim_about_the_counterexample(f);
  return f;
}

}  // namespace learners
