// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/decision/environment.hpp>
#include <bellman/learning/constant_step.hpp>
#include <bellman/learning/power_step.hpp>
#include <bellman/planning/discounted_occupancy.hpp>
#include <bellman/planning/explicit_model.hpp>
#include <bellman/planning/model_builder.hpp>
#include <bellman/planning/solve.hpp>
#include <bellman/planning/state_index.hpp>
#include <bellman/planning/state_value.hpp>
#include <bellman/planning/tabulate.hpp>
#include <bellman/probability/categorical.hpp>
#include <bellman/probability/distribution.hpp>
#include <bellman/probability/weight.hpp>
#include <bellman/value/action_value.hpp>

#include "../support/table.hpp"

#include <cstddef>
#include <functional>
#include <string>
#include <utility>
#include <vector>

// The worlds, and what the planning room knows of them: the learners see samples only.
namespace learners {

/// States and actions by numbers, so that every learner is compiled once.
using model = bellman::explicit_model<double>;
using state = bellman::index_t;
using action = bellman::index_t;
using start_distribution = bellman::categorical<std::vector<bellman::weighted<state, double>>>;

/// How far a learner goes with its n-th step, n = 1, 2, ...: a step schedule that knows its name.
struct named_steps {
  std::string name;
  std::function<double(std::size_t)> size;

  double operator()(std::size_t n) const { return size(n); }
};
/// `n^-p`.
inline named_steps falling_steps(double p) { return {"n^-" + support::fixed(p, 1), bellman::power_step{p}}; }
inline named_steps constant_steps(double a) { return {support::fixed(a, 1), bellman::constant_step{a}}; }

/// How long there is to learn, and the few numbers that are chosen by hand.
struct lesson {
  std::string name;
  double gamma;
  std::size_t episodes;
  std::size_t longest;          ///< after so many steps an episode is cut off
  double first_value = 0;       ///< what is predicted before anything was seen
  named_steps step;             ///< of values
  double actor_step = 0.1;      ///< of the policy that actor-critic learns
  double reinforce_step = 0.1;  ///< of that which REINFORCE learns
};

class world {
 public:
  template <class E>
  world(lesson its_lesson, E const& env)
      : of_(std::move(its_lesson)),
        env_(listed(env)),
        table_(bellman::tabulate(env_)),
        start_(starts_of(env)),
        best_(bellman::solve(env_, of_.gamma).value) {
    auto const q = bellman::action_value(env_, of_.gamma, best_);
    for (state const s : env_.states()) {
      auto& here = best_of_actions_.emplace_back();
      for (action const a : env_.actions(s)) here.push_back(q(s, a));
    }
  }

  lesson const& of() const { return of_; }
  model const& env() const { return env_; }
  auto const& table() const { return table_; }
  start_distribution const& start() const { return start_; }

  /// V*.
  double best(state s) const { return best_(s); }
  /// Q*.
  double best(state s, action a) const { return best_of_actions_[s][a]; }
  /// `E[V_pi(S_0)]`.
  template <class Policy>
  double worth(Policy const& policy) const {
    auto const v = bellman::state_value(table_, policy, of_.gamma);
    return bellman::expectation(start_, [&](state s) { return v(s); });
  }
  /// How often a policy is in each state, later visits counting less; all together 1.
  template <class Policy>
  std::vector<double> visited(Policy const& policy) const {
    auto const d = bellman::discounted_occupancy(env_, policy, of_.gamma, start_);
    std::vector<double> share(env_.size(), 0.0);
    double all = 0;
    for (state const s : env_.states()) {
      if (!env_.terminal(s)) all += share[s] = d(s);
    }
    for (double& x : share) x /= all;
    return share;
  }

 private:
  template <class E>
  static auto numbers_of(E const& env) {
    bellman::state_index<bellman::state_t<E>> all;
    for (auto const s : env.states()) all.insert(static_cast<bellman::state_t<E>>(s));
    return all;
  }

  template <class E>
  static model listed(E const& env) {
    auto const number = numbers_of(env);
    bellman::model_builder<double> builder(static_cast<std::size_t>(number.size()));
    for (auto const s : env.states()) {
      if (env.terminal(s)) continue;
      action k = 0;
      for (auto const a : env.actions(s)) {
        for (auto const& e : env.transition(s, a)) {
          if (e.probability == 0) continue;
          builder.add(number.find(s), k, number.find(e.value.next), static_cast<double>(e.probability), e.value.reward);
        }
        ++k;
      }
    }
    return builder.build();
  }

  template <class E>
  static start_distribution starts_of(E const& env) {
    auto const number = numbers_of(env);
    std::vector<bellman::weighted<state, double>> all;
    if constexpr (bellman::episodic_environment<E>) {
      for (auto const& e : env.start()) all.push_back({number.find(e.value), bellman::weigh(e.probability, 1.0)});
    } else {
      all.push_back({0, 1.0});
    }
    return start_distribution(std::move(all));
  }

  lesson of_;
  model env_;
  decltype(bellman::tabulate(std::declval<model const&>())) table_;
  start_distribution start_;
  decltype(bellman::solve(std::declval<model const&>(), 1.0).value) best_;
  std::vector<std::vector<double>> best_of_actions_;
};

}  // namespace learners
