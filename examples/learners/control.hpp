// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/decision/ending.hpp>
#include <bellman/decision/rollout.hpp>
#include <bellman/learning/actor.hpp>
#include <bellman/learning/actor_critic.hpp>
#include <bellman/learning/double_prediction.hpp>
#include <bellman/learning/double_q_learning.hpp>
#include <bellman/learning/epsilon_greedy.hpp>
#include <bellman/learning/expected_sarsa.hpp>
#include <bellman/learning/learn_online.hpp>
#include <bellman/learning/learner.hpp>
#include <bellman/learning/least_squares.hpp>
#include <bellman/learning/least_squares_policy_iteration.hpp>
#include <bellman/learning/n_steps.hpp>
#include <bellman/learning/per_state.hpp>
#include <bellman/learning/power_step.hpp>
#include <bellman/learning/q_learning.hpp>
#include <bellman/learning/reinforce_agent.hpp>
#include <bellman/learning/sarsa.hpp>
#include <bellman/learning/softmax_policy.hpp>
#include <bellman/learning/traces.hpp>
#include <bellman/learning/tree_backup_learning.hpp>
#include <bellman/learning/value_table.hpp>
#include <bellman/probability/sample.hpp>
#include <bellman/probability/uniform.hpp>

#include "course.hpp"
#include "prediction.hpp"
#include "world.hpp"

#include <cmath>
#include <cstddef>
#include <functional>
#include <string>
#include <utility>
#include <vector>

// Learners of what to do, against `solve`.
namespace learners {

/// A world in which the best is to be found, and how far from it something is.
class sought {
 public:
  explicit sought(world const& its_world) : in(its_world) {
    auto const q = [this](state s, action a) { return in.best(s, a); };
    visited_ = in.visited(bellman::epsilon_greedy{std::cref(in.env()), q, 0.0});
    best_ = bellman::expectation(in.start(), [this](state s) { return in.best(s); });
  }

  /// `E[V*(S_0) - V_pi(S_0)]`.
  template <class Policy>
  double lost(Policy const& policy) const {
    return best_ - in.worth(policy);
  }
  /// The root of the mean of `(max_a q(s, a) - V*(s))^2`, over the states as often as the best policy is in them.
  template <class Q>
  double error(Q const& q) const {
    double all = 0;
    for (state const s : in.env().states()) {
      if (visited_[s] == 0) continue;
      double most = 0;
      bool first = true;
      for (action const a : in.env().actions(s)) {
        double const x = q(s, a);
        if (first || most < x) most = x;
        first = false;
      }
      double const off = most - in.best(s);
      all += visited_[s] * off * off;
    }
    return std::sqrt(all);
  }
  double best() const { return best_; }

  world const& in;

 private:
  std::vector<double> visited_;
  double best_ = 0;
};

/// Of one run: how far the values are off, of a learner that has some, and what its policy loses.
struct two_courses {
  course values;
  course lost;
};

/// A learner of what to do.
struct controller {
  std::string name;
  bool by_least_squares;  ///< it solves for all its weights
  std::function<two_courses(sought const&, std::vector<std::size_t> const&, generator&)> run;
};

namespace detail {

/// The share of moves by chance in an episode: `1 / sqrt(n)`.
inline double explored(std::size_t episode) { return bellman::power_step{0.5}(episode); }

inline auto action_values(sought const& of) {
  return bellman::value_table<double, state, action>(of.in.of().first_value);
}

/// Acts greedily by `q`, but for a share of moves; both may change.
template <class Q>
auto exploring(world const& in, Q const& q, double const& share) {
  return [&in, &q, &share](state s) { return bellman::epsilon_greedy{std::cref(in.env()), std::cref(q), share}(s); };
}

template <class Agent>
two_courses explored_online(sought const& of, std::vector<std::size_t> const& at, generator& chance, Agent& agent,
                            double& share) {
  auto const& in = of.in;
  auto const acting = detail::exploring(in, agent, share);
  two_courses found;
  std::size_t episode = 0;
  found.values = detail::taught(
      in, at, chance,
      [&](state s, bellman::step_limit limit) {
        share = detail::explored(++episode);
        bellman::learn_online(agent, in.env(), acting, s, chance, limit);
      },
      [&] {
        found.lost.push_back(of.lost(bellman::epsilon_greedy{std::cref(in.env()), std::cref(agent), 0.0}));
        return of.error(agent);
      });
  return found;
}

/// The steps of a world, of each state and action by themselves.
inline auto steps_of(sought const& of) { return bellman::per_state{of.in.of().step}; }

/// `target(env, gamma, policy)`, where the policy is the one that acts.
template <class Target, class Rule>
controller controller_of(std::string name, Target const& target, Rule const& rule) {
  return {std::move(name), false, [=](sought const& of, std::vector<std::size_t> const& at, generator& chance) {
            double share = 1;
            // The target may ask what the policy does that follows the learner: the one who is yet to come.
            std::function<double(state, action)> q;
            bellman::learner agent(detail::action_values(of),
                                   target(std::cref(of.in.env()), of.in.of().gamma, detail::exploring(of.in, q, share)),
                                   rule(detail::steps_of(of)));
            q = [&agent](state s, action a) { return agent(s, a); };
            return detail::explored_online(of, at, chance, agent, share);
          }};
}

inline controller double_q() {
  return {"double Q-learning", false, [](sought const& of, std::vector<std::size_t> const& at, generator& chance) {
            double share = 1;
            bellman::learner agent(bellman::double_prediction(detail::action_values(of), generator(chance())),
                                   bellman::double_q_learning{std::cref(of.in.env()), of.in.of().gamma},
                                   detail::steps_of(of));
            return detail::explored_online(of, at, chance, agent, share);
          }};
}

inline auto state_values(sought const& of) { return bellman::value_table<double, state>(of.in.of().first_value); }

inline auto softmax_actor(sought const& of, double step) {
  return bellman::actor(bellman::softmax_policy(std::cref(of.in.env()), bellman::value_table<double, state, action>()),
                        step);
}

inline two_courses actor_critic_run(sought const& of, std::vector<std::size_t> const& at, generator& chance) {
  auto const& in = of.in;
  bellman::actor_critic agent(detail::softmax_actor(of, in.of().actor_step),
                              bellman::learner(detail::state_values(of), bellman::td_learning{in.of().gamma}, 0.1));
  return {{},
          detail::taught(
              in, at, chance,
              [&](state s, bellman::step_limit limit) {
                bellman::learn_online(agent, in.env(), std::cref(agent), s, chance, limit);
              },
              [&] { return of.lost(std::cref(agent)); })};
}

inline two_courses reinforce_run(sought const& of, std::vector<std::size_t> const& at, generator& chance) {
  auto const& in = of.in;
  bellman::reinforce_agent agent(detail::softmax_actor(of, in.of().reinforce_step),
                                 bellman::learner(detail::state_values(of), bellman::td_learning{in.of().gamma}, 0.1));
  return {{},
          detail::taught(
              in, at, chance,
              [&](state s, bellman::step_limit limit) {
                auto const seen = bellman::rollout(in.env(), std::cref(agent), s, chance, limit);
                if (seen.has_terminated()) {
                  agent.improve(seen);
                } else {
                  agent.improve(seen, bellman::truncated{agent.baseline()(seen.states.back())});
                }
              },
              [&] { return of.lost(std::cref(agent)); })};
}

inline two_courses policy_iteration_run(sought const& of, std::vector<std::size_t> const& at, generator& chance) {
  auto const& in = of.in;
  auto const any = [&in](state s) { return bellman::uniform(in.env().actions(s)); };
  bellman::learner agent(detail::action_values(of), bellman::q_learning{std::cref(in.env()), in.of().gamma},
                         bellman::least_squares{0.01});
  std::vector<bellman::episode_of<model>> seen;
  two_courses found;
  found.values = detail::taught(
      in, at, chance,
      [&](state s, bellman::step_limit limit) { seen.push_back(bellman::rollout(in.env(), any, s, chance, limit)); },
      [&] {
        bellman::least_squares_policy_iteration(agent, seen, 20);
        found.lost.push_back(of.lost(bellman::epsilon_greedy{std::cref(in.env()), std::cref(agent), 0.0}));
        return of.error(agent);
      });
  return found;
}

}  // namespace detail

inline constexpr char const* reinforce = "REINFORCE with baseline";
inline constexpr char const* policy_iteration = "LSPI";

/// In columns: one step each, traces and several steps, those that learn a policy.
inline std::vector<std::vector<controller>> controllers() {
  using steps = bellman::per_state<named_steps>;
  auto const plain = [](steps const& step) { return bellman::accumulating{step}; };
  auto const replacing = [](steps const& step) { return bellman::replacing{step}; };
  auto const four = [](steps const& step) { return bellman::n_steps<model, steps>{4, step}; };
  auto const sarsa = [](auto, double g, auto const&) { return bellman::sarsa{g}; };
  auto const sarsa_with = [](double lambda) {
    return [=](auto, double g, auto const&) { return bellman::sarsa{g, lambda}; };
  };
  auto const expected = [](auto, double g, auto const& pi) { return bellman::expected_sarsa{pi, g}; };
  auto const q = [](auto env, double g, auto const&) { return bellman::q_learning{env, g}; };
  auto const q_lambda = [](auto env, double g, auto const&) { return bellman::q_learning{env, g, 0.8}; };
  auto const tree = [](auto, double g, auto const& pi) { return bellman::tree_backup_learning{pi, g, 0.8}; };
  return {{detail::controller_of("Sarsa", sarsa, plain), detail::controller_of("expected Sarsa", expected, plain),
           detail::controller_of("Q-learning", q, plain), detail::double_q()},
          {detail::controller_of("Sarsa(0.8)", sarsa_with(0.8), replacing),
           detail::controller_of("4-step Sarsa", sarsa_with(1), four),
           detail::controller_of("Watkins' Q(0.8)", q_lambda, replacing),
           detail::controller_of("tree backup(0.8)", tree, replacing)},
          {{"actor-critic", false, detail::actor_critic_run},
           {reinforce, false, detail::reinforce_run},
           {policy_iteration, true, detail::policy_iteration_run}}};
}

}  // namespace learners
