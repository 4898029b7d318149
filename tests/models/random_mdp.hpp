// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/decision/outcome.hpp>
#include <bellman/probability/distribution.hpp>

#include <cstddef>
#include <vector>

#include <rapidcheck.h>

#include "models/listed_mdp.hpp"

namespace models {

/// A policy that lists the probability of each action.
template <class R>
struct listed_policy {
  std::vector<std::vector<bellman::weighted<int, R>>> weights;

  std::vector<bellman::weighted<int, R>> const& operator()(int s) const { return weights[static_cast<std::size_t>(s)]; }
};

template <class R>
struct random_model {
  listed_mdp<R> env;
  listed_policy<R> policy;
};

enum class endings { some, after_every_action };

// Small numbers that make every kind of distribution: certain ones, even ones, and weights of 0.
template <class R>
std::vector<R> random_weights(int n) {
  std::vector<int> shares = *rc::gen::container<std::vector<int>>(static_cast<std::size_t>(n), rc::gen::inRange(0, 4));
  int total = 0;
  for (int share : shares) total += share;
  if (total == 0) total = shares[0] = 1;
  std::vector<R> weights;
  for (int share : shares) weights.push_back(R(share) / R(total));
  return weights;
}

/// Up to five states, of which the last may be terminal, with up to three actions of up to four outcomes each, and a
/// policy. The actions may be of any number, an outcome may occur twice, some have the probability 0.
template <class R>
random_model<R> random_mdp(endings ends) {
  using point = typename listed_mdp<R>::point;
  int const n = *rc::gen::inRange(1, 6);
  bool const last_is_terminal = ends == endings::after_every_action || *rc::gen::arbitrary<bool>();
  random_model<R> model;
  for (int s = 0; s < n; ++s) {
    auto& actions = model.env.outcomes.emplace_back();
    auto& policy = model.policy.weights.emplace_back();
    if (last_is_terminal && s == n - 1) continue;
    int const m = *rc::gen::inRange(1, 4);
    std::vector<R> const pi = random_weights<R>(m);
    for (int a = 0; a < m; ++a) {
      policy.push_back({a, pi[static_cast<std::size_t>(a)]});
      auto& outcomes = actions.emplace_back();
      int const k = *rc::gen::inRange(1, 5);
      bool const ends_here = ends == endings::after_every_action;
      for (R const& p : random_weights<R>(k)) {
        R const reward = R(*rc::gen::inRange(-6, 7)) / R(2);
        outcomes.push_back(point{{reward, *rc::gen::inRange(0, n)}, ends_here ? p / R(2) : p});
      }
      if (ends_here) outcomes.push_back(point{{R(1), n - 1}, R(1) / R(2)});
    }
  }
  return model;
}

}  // namespace models
