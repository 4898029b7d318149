// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "../game24/game.hpp"
#include "moves.hpp"

#include <bellman/decision/episode.hpp>
#include <bellman/decision/reward.hpp>
#include <bellman/learning/epsilon_greedy.hpp>
#include <bellman/learning/linear_prediction.hpp>
#include <bellman/learning/softmax_policy.hpp>
#include <bellman/planning/discounted_occupancy.hpp>
#include <bellman/planning/solve.hpp>
#include <bellman/planning/state_index.hpp>
#include <bellman/planning/state_value.hpp>
#include <bellman/planning/tabulate.hpp>
#include <bellman/value/action_value.hpp>
#include <bellman/value/advantage.hpp>

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <utility>
#include <vector>

// The moves from some puzzles, a policy over them, and what the policy is worth, exactly.
namespace game24_learned {

/// Positions and moves by their numbers in a table.
using state = bellman::index_t;
using action = bellman::index_t;
using weights = std::vector<double>;
using played_game = bellman::episode<state, action, double>;

/// The rules of the example game24, with 1 for 24 in floating point.
inline auto rules() { return bellman::with_reward(game24::game{}, bellman::verifiable<>(game24::is_24)); }
using table = decltype(bellman::tabulate(rules(), std::vector<position>()));

/// All positions that some puzzles lead to, and what is seen of each move.
class tree {
 public:
  explicit tree(std::vector<position> const& puzzles)
      : moves_(bellman::tabulate(rules(), puzzles)), best_(bellman::solve(moves_, 1.0).value) {
    for (position const& s : puzzles) starts_.push_back(moves_.index(s));
    for (state const s : moves_.states()) {
      for (action const a : moves_.actions(s)) {
        for (yes const x : features(moves_.state(s), moves_.action(a))) seen_.push_back(x);
        first_.push_back(static_cast<std::uint32_t>(seen_.size()));
      }
    }
  }
  // Policies refer to it.
  tree(tree const&) = delete;
  tree& operator=(tree const&) = delete;

  table const& moves() const { return moves_; }
  std::vector<state> const& starts() const { return starts_; }
  std::span<yes const> seen(action a) const { return std::span(seen_).subspan(first_[a], first_[a + 1] - first_[a]); }
  /// V*: 1 where 24 is in reach.
  auto const& best() const { return best_; }

 private:
  table moves_;
  decltype(bellman::solve(std::declval<table const&>(), 1.0).value) best_;
  std::vector<state> starts_;
  std::vector<yes> seen_;
  std::vector<std::uint32_t> first_{0};
};

/// The policy that has these weights: a softmax of the sums of the weights of what is seen of a move.
inline auto policy_of(tree const& t, weights const& w) {
  auto const seen = [&t](state, action a) { return t.seen(a); };
  return bellman::softmax_policy(std::cref(t.moves()), bellman::linear_prediction(w, seen));
}
/// The one that makes the likeliest move.
inline auto likeliest_of(tree const& t, weights const& w) {
  auto const seen = [&t](state, action a) { return t.seen(a); };
  return bellman::epsilon_greedy{std::cref(t.moves()), bellman::linear_prediction(w, seen), 0.0};
}

/// The probability of reaching 24 from each position.
template <class Policy>
auto value_of(tree const& t, Policy const& policy) {
  return bellman::state_value(t.moves(), policy, 1.0);
}

/// The part of the puzzles that a policy solves, in expectation.
template <class Policy>
double solve_rate(tree const& t, Policy const& policy) {
  auto const v = value_of(t, policy);
  double all = 0;
  for (state const s : t.starts()) all += v(s);
  return all / static_cast<double>(t.starts().size());
}

/// Of the puzzles' first moves the part after which 24 is still in reach.
template <class Policy>
double keeping_rate(tree const& t, Policy const& policy) {
  auto const q = bellman::action_value(std::cref(t.moves()), 1.0, std::cref(t.best()));
  double all = 0;
  for (state const s : t.starts()) all += bellman::expectation(policy(s), [&](action a) { return q(s, a); });
  return all / static_cast<double>(t.starts().size());
}

/// `Q(s, a) - V(s)` of every move.
template <class Value>
std::vector<double> advantages_by(tree const& t, Value const& v) {
  auto const q = bellman::action_value(std::cref(t.moves()), 1.0, std::cref(v));
  auto const advantage = bellman::advantage(q, std::cref(v));
  std::vector<double> all(t.moves().slots());
  for (state const s : t.moves().states()) {
    for (action const a : t.moves().actions(s)) all[a] = advantage(s, a);
  }
  return all;
}

/// The gradient of the probability of solving a puzzle, by the policy-gradient theorem, with scores in place of dual
/// numbers: `sum_s d(s) sum_a pi(a | s) A(s, a) grad log pi(a | s)`; of the score `grad h(s, a)` is what does not
/// cancel, since the mean of the advantages is 0.
inline weights exact_gradient(tree const& t, weights const& w) {
  auto const pi = bellman::tabulate(t.moves(), policy_of(t, w));
  auto const advantage = advantages_by(t, value_of(t, pi));
  weights gradient(w.size(), 0.0);
  for (state const start : t.starts()) {
    auto const visits = bellman::discounted_occupancy(t.moves(), pi, 1.0, start);
    for (state const s : t.moves().states()) {
      if (t.moves().terminal(s)) continue;
      double const often = visits(s) / static_cast<double>(t.starts().size());
      for (action const a : t.moves().actions(s)) {
        double const part = often * pi.probability(a) * advantage[a];
        for (yes const x : t.seen(a)) gradient[x.index] += part;
      }
    }
  }
  return gradient;
}

}  // namespace game24_learned
