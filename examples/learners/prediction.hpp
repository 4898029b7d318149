// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/decision/ending.hpp>
#include <bellman/decision/rollout.hpp>
#include <bellman/estimation/discounted_returns.hpp>
#include <bellman/learning/epsilon_greedy.hpp>
#include <bellman/learning/learn_online.hpp>
#include <bellman/learning/learner.hpp>
#include <bellman/learning/least_squares.hpp>
#include <bellman/learning/n_steps.hpp>
#include <bellman/learning/td_learning.hpp>
#include <bellman/learning/traces.hpp>
#include <bellman/learning/value_table.hpp>
#include <bellman/planning/state_value.hpp>
#include <bellman/probability/sample.hpp>

#include "course.hpp"
#include "world.hpp"

#include <cmath>
#include <cstddef>
#include <functional>
#include <random>
#include <string>
#include <utility>
#include <vector>

// Learners of what a policy is worth, against `state_value`.
namespace learners {

/// A policy to be judged in a world: the best, but for a share of moves by chance; and what is known of it.
class judged {
 public:
  auto operator()(state s) const {
    return bellman::epsilon_greedy{std::cref(in.env()), [this](state t, action a) { return in.best(t, a); }, share_}(s);
  }

  judged(world const& its_world, double its_share) : in(its_world), share_(its_share), visited_(in.visited(*this)) {
    auto const v = bellman::state_value(in.env(), *this, in.of().gamma);
    for (state const s : in.env().states()) exact_.push_back(v(s));
  }

  /// The root of the mean squared error of values, over the states as often as the policy is in them.
  template <class V>
  double error(V const& v) const {
    double all = 0;
    for (std::size_t s = 0; s < exact_.size(); ++s) {
      if (visited_[s] == 0) continue;
      double const off = v(static_cast<state>(s)) - exact_[s];
      all += visited_[s] * off * off;
    }
    return std::sqrt(all);
  }

  world const& in;

 private:
  double share_;
  std::vector<double> visited_;
  std::vector<double> exact_;
};

using generator = std::mt19937_64;

namespace detail {

/// Lets a learner have its episodes, `study(s, limit)` from each start, and measures at each look.
template <class Study, class Measure>
course taught(world const& in, std::vector<std::size_t> const& at, generator& chance, Study const& study,
              Measure const& measure) {
  course errors;
  std::size_t seen = 0;
  for (std::size_t const look : at) {
    for (; seen < look; ++seen) study(bellman::sample(in.start(), chance), bellman::step_limit{in.of().longest});
    errors.push_back(measure());
  }
  return errors;
}

template <class Agent>
course online(judged const& pi, std::vector<std::size_t> const& at, generator& chance, Agent agent) {
  return detail::taught(
      pi.in, at, chance,
      [&](state s, bellman::step_limit limit) { bellman::learn_online(agent, pi.in.env(), pi, s, chance, limit); },
      [&] {
        if constexpr (requires { agent.solve(); }) agent.solve();
        return pi.error(agent);
      });
}

}  // namespace detail

/// A learner of values: a name, and what it does in a run.
struct predictor {
  std::string name;
  std::function<course(judged const&, std::vector<std::size_t> const&, generator&)> run;
};

namespace detail {

inline auto first_values(judged const& pi) { return bellman::value_table<double, state>(pi.in.of().first_value); }

/// One that learns step by step: `target(gamma)` with `rule(step)`.
template <class Target, class Rule>
predictor predictor_of(std::string name, Target const& target, Rule const& rule) {
  return {std::move(name), [=](judged const& pi, std::vector<std::size_t> const& at, generator& chance) {
            return detail::online(
                pi, at, chance,
                bellman::learner(detail::first_values(pi), target(pi.in.of().gamma), rule(pi.in.of().step)));
          }};
}

/// Every visit's return, and the value of where it was cut off.
inline course monte_carlo(judged const& pi, std::vector<std::size_t> const& at, generator& chance) {
  auto const& in = pi.in;
  bellman::learner agent(detail::first_values(pi), bellman::td_learning{in.of().gamma}, in.of().step);
  return detail::taught(
      in, at, chance,
      [&](state s, bellman::step_limit limit) {
        auto const seen = bellman::rollout(in.env(), pi, s, chance, limit);
        double const after = seen.has_terminated() ? 0 : agent(seen.states.back());
        auto const returns = bellman::discounted_returns(seen.rewards, bellman::truncated{after}, in.of().gamma);
        for (std::size_t t = 0; t < seen.size(); ++t) agent.fit(seen.states[t], seen.actions[t], returns[t]);
      },
      [&] { return pi.error(agent); });
}

}  // namespace detail

/// In columns: one target each, three kinds of traces, least squares.
inline std::vector<std::vector<predictor>> predictors() {
  using bellman::td_learning;
  auto const td = [](double gamma) { return td_learning{gamma}; };
  auto const with_lambda = [](double lambda) { return [=](double gamma) { return td_learning{gamma, lambda}; }; };
  auto const plain = [](named_steps const& step) { return bellman::accumulating{step}; };
  auto const four = [](named_steps const& step) { return bellman::n_steps<model, named_steps>{4, step}; };
  return {{detail::predictor_of("TD(0)", td, plain),
           detail::predictor_of("4-step TD", with_lambda(1), four),
           {"Monte Carlo", detail::monte_carlo}},
          {detail::predictor_of("TD(0.8), accumulating", with_lambda(0.8), plain),
           detail::predictor_of("TD(0.8), replacing", with_lambda(0.8),
                                [](named_steps const& step) { return bellman::replacing{step}; }),
           detail::predictor_of("TD(0.8), dutch", with_lambda(0.8),
                                [](named_steps const& step) { return bellman::dutch{step}; })},
          {detail::predictor_of("recursive least squares", td,
                                [](named_steps const&) { return bellman::recursive_least_squares{0.01}; }),
           detail::predictor_of("LSTD(0)", td, [](named_steps const&) { return bellman::least_squares{0.01}; }),
           detail::predictor_of("LSTD(0.8)", with_lambda(0.8),
                                [](named_steps const&) { return bellman::least_squares{0.01}; })}};
}

}  // namespace learners
