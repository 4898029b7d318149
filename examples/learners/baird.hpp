// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/learning/feature.hpp>
#include <bellman/learning/gradient_correction.hpp>
#include <bellman/learning/learn_online.hpp>
#include <bellman/learning/learner.hpp>
#include <bellman/learning/linear_prediction.hpp>
#include <bellman/learning/off_policy_td_learning.hpp>
#include <bellman/planning/explicit_model.hpp>
#include <bellman/planning/model_builder.hpp>
#include <bellman/probability/categorical.hpp>
#include <bellman/probability/distribution.hpp>
#include <bellman/probability/sample.hpp>
#include <bellman/probability/uniform.hpp>
#include <bellman/value/bellman_operator.hpp>

#include "course.hpp"
#include "prediction.hpp"
#include "world.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <functional>
#include <string>
#include <utility>
#include <vector>

// Baird's counterexample: off the policy and with features, TD(0) does not converge.
//
// Source: Baird 1995; Sutton and Barto, section 11.2 and figures 11.1, 11.2, 11.5.
namespace learners::baird {

inline constexpr state states = 7;
inline constexpr action dashed = 0, solid = 1;
inline constexpr double gamma = 0.99;

/// Dashed leads to one of the first six states, solid to the last; nothing is paid, so that all is worth 0.
inline model counterexample() {
  bellman::model_builder<double> builder(std::size_t{states});
  for (state s = 0; s < states; ++s) {
    for (state next = 0; next + 1 < states; ++next) builder.add(s, dashed, next, 1.0 / 6, 0.0);
    builder.add(s, solid, states - 1, 1.0, 0.0);
  }
  return builder.build();
}

/// What is judged: always solid.
inline action judged_policy(state) { return solid; }
/// Who acts: so that all seven states are seen as often.
inline auto acting_policy(state) {
  return bellman::categorical{std::array{bellman::weighted{dashed, 6.0 / 7}, bellman::weighted{solid, 1.0 / 7}}};
}

/// `2 w_s + w_7` of the first six states, `w_6 + 2 w_7` of the last.
inline auto features(state s) {
  return s + 1 < states ? std::array{bellman::feature<double>{s, 2.0}, bellman::feature<double>{7, 1.0}}
                        : std::array{bellman::feature<double>{6, 1.0}, bellman::feature<double>{7, 2.0}};
}
inline auto one_feature_each(state s) { return s; }

/// At each look, of one run.
struct three_courses {
  course residual;  ///< root of the mean of `(T v - v)^2`, all states alike
  course off;       ///< root of the mean of `(v - 0)^2`
  course largest;   ///< of the weights
};

struct runner {
  std::string name;
  std::function<three_courses(std::vector<std::size_t> const&, generator&)> run;
};

namespace detail {

template <class Agent>
three_courses taught(std::vector<std::size_t> const& at, generator& chance, Agent agent) {
  model const env = counterexample();
  auto const backup = bellman::bellman_expectation(env, judged_policy, gamma);
  three_courses found;
  std::size_t seen = 0;
  for (std::size_t const look : at) {
    if (seen < look) {
      // Who acts forgets at once where he was, so that to begin anew changes nothing.
      auto const from = bellman::sample(bellman::uniform(env.states()), chance);
      bellman::learn_online(agent, env, acting_policy, from, chance, bellman::step_limit{look - seen});
      seen = look;
    }
    auto const next = backup(agent.prediction());
    double residual = 0, off = 0, largest = 0;
    for (state s = 0; s < states; ++s) {
      residual += std::pow(next(s) - agent(s), 2) / states;
      off += std::pow(agent(s), 2) / states;
    }
    for (double const w : agent.prediction().weights()) largest = std::max(largest, std::abs(w));
    found.residual.push_back(std::sqrt(residual));
    found.off.push_back(std::sqrt(off));
    found.largest.push_back(largest);
  }
  return found;
}

inline auto target() {
  return bellman::off_policy_td_learning{.policy = judged_policy, .behaviour = acting_policy, .gamma = gamma};
}
inline std::vector<double> first_weights() { return {1, 1, 1, 1, 1, 1, 10, 1}; }

}  // namespace detail

inline std::vector<runner> runners() {
  return {{"off-policy TD(0)",
           [](auto const& at, generator& chance) {
             return detail::taught(at, chance,
                                   bellman::learner(bellman::linear_prediction(detail::first_weights(), features),
                                                    detail::target(), 0.01));
           }},
          {"TDC",
           [](auto const& at, generator& chance) {
             return detail::taught(
                 at, chance,
                 bellman::learner(bellman::linear_prediction(detail::first_weights(), features), detail::target(),
                                  bellman::gradient_correction{.step = 0.005, .second_step = 0.05}));
           }},
          {"TD(0), a weight a state", [](auto const& at, generator& chance) {
             std::vector<double> const same_values{3, 3, 3, 3, 3, 3, 12};
             return detail::taught(
                 at, chance,
                 bellman::learner(bellman::linear_prediction(same_values, one_feature_each), detail::target(), 0.01));
           }}};
}

}  // namespace learners::baird
