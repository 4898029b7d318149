// SPDX-License-Identifier: BSL-1.0
#pragma once

// [block]
#include <bellman/learning/learning_target.hpp>
#include <bellman/learning/td_update.hpp>
#include <bellman/probability/categorical.hpp>
#include <bellman/probability/distribution.hpp>
#include <bellman/scalar/known.hpp>

#include <array>

namespace extensions {

// A target: the best action but for a part beta, in which it is the worst: beta-pessimistic Q-learning, Gaskett 2003.
// What a state is worth is a mean over its actions.
template <class E, class Number>
struct pessimistic_q_learning {
  using parts = bellman::of_actions;
  static constexpr bellman::known_zero lambda{};

  E env;
  Number gamma;
  Number beta;

  template <class Prediction, class S>
  constexpr auto answer(Prediction const& q, S const& s) const {
    auto best = *env.actions(s).begin(), worst = best;
    for (auto const& a : env.actions(s)) {
      if (q(s, best) < q(s, a)) best = a;
      if (q(s, a) < q(s, worst)) worst = a;
    }
    return bellman::categorical(std::array{bellman::weighted{best, 1 - beta}, bellman::weighted{worst, beta}});
  }
};

// A rule: steps along the gradient, by the square of its length: normalised least mean squares.
struct normalised_steps {
  template <class V>
  struct working {
    V size;

    constexpr void operator()(auto& w, bellman::td_update<V> const& seen) const {
      V squares(0);
      for (auto const& part : seen.gradient) squares = squares + part.value * part.value;
      for (auto const& part : seen.gradient) w[part.index] = w[part.index] + size * seen.error * part.value / squares;
    }
    constexpr void end_of_episode(auto&) const {}
  };

  double size;

  template <class V>
  constexpr auto start() const {
    return working<V>{V(size)};
  }
};

}  // namespace extensions
// [block]
