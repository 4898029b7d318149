// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "moves.hpp"
#include "tree.hpp"

#include <bellman/decision/ending.hpp>
#include <bellman/decision/rollout.hpp>
#include <bellman/estimation/gae.hpp>
#include <bellman/groups/grouping.hpp>
#include <bellman/groups/grpo.hpp>
#include <bellman/groups/rloo.hpp>
#include <bellman/groups/whiten.hpp>
#include <bellman/learning/learner.hpp>
#include <bellman/learning/linear_prediction.hpp>
#include <bellman/learning/td_learning.hpp>
#include <bellman/loss/clipped.hpp>
#include <bellman/loss/policy_loss.hpp>
#include <bellman/loss/ratio.hpp>
#include <bellman/loss/sampled_tokens.hpp>
#include <bellman/loss/scope.hpp>
#include <bellman/loss/surrogate.hpp>

#include <array>
#include <cmath>
#include <cstddef>
#include <functional>
#include <random>
#include <span>
#include <string>
#include <utility>
#include <vector>

// Six ways to move the weights, of which each sees the same puzzles.
namespace game24_learned {

using generator = std::mt19937;

/// How much is seen before the weights move.
inline constexpr std::size_t puzzles_of_an_update = 4;
inline constexpr std::size_t games_of_a_puzzle = 4;
inline constexpr std::size_t games_of_an_update = puzzles_of_an_update * games_of_a_puzzle;

using chosen_puzzles = std::span<tree const* const>;
/// Moves the weights once.
using update = std::function<void(weights&, chosen_puzzles, generator&)>;

/// A way to learn; what it has to remember besides the weights is in the update that it begins with.
struct method {
  std::string name;
  bool plays;  ///< whether it sees games, rather than expectations over all of them
  std::function<update(double step)> begin;
};

inline constexpr char const* exact = "exact gradient";
inline constexpr char const* own_advantages = "exact A of moves";
inline constexpr char const* best_advantages = "exact A* of moves";
inline constexpr char const* rloo = "RLOO";
inline constexpr char const* grpo = "GRPO";
inline constexpr char const* ppo = "PPO";

namespace detail {

/// A number for each move of each game.
using rows = std::vector<std::vector<double>>;

/// Games that were played, some of each puzzle, one puzzle after another.
struct games {
  std::vector<tree const*> of{};
  std::vector<played_game> all{};

  games(weights const& w, chosen_puzzles puzzles, generator& chance) {
    for (tree const* const t : puzzles) {
      auto const policy = policy_of(*t, w);
      for (std::size_t k = 0; k < games_of_a_puzzle; ++k) {
        of.push_back(t);
        all.push_back(bellman::rollout(std::cref(t->moves()), policy, t->starts().front(), chance));
      }
    }
  }

  std::size_t size() const { return all.size(); }
  /// For each game whether it reached 24.
  std::vector<double> rewards() const {
    std::vector<double> each;
    for (played_game const& one : all) each.push_back(one.rewards.back());
    return each;
  }
  bellman::grouping by_puzzle() const { return bellman::grouping::consecutive(size(), games_of_a_puzzle); }
  rows log_probs(weights const& w) const {
    rows each;
    for (std::size_t i = 0; i < size(); ++i) {
      auto const policy = policy_of(*of[i], w);
      auto& row = each.emplace_back();
      for (std::size_t k = 0; k < all[i].size(); ++k) {
        for (auto const& e : policy(all[i].states[k])) {
          if (e.value == all[i].actions[k]) row.push_back(std::log(e.probability));
        }
      }
    }
    return each;
  }
};

/// One step down the gradient of a loss of the games.
template <class Surrogate>
void follow(weights& w, double step, games const& seen, rows const& old, rows const& advantages, Surrogate const& by) {
  rows const now = seen.log_probs(w);
  std::vector<bellman::sampled_tokens<std::span<double const>, std::span<double const>, std::span<double const>>> batch;
  for (std::size_t i = 0; i < seen.size(); ++i) batch.push_back({now[i], old[i], advantages[i]});
  rows slopes = now;
  bellman::policy_loss(batch, bellman::token_ratio{}, by, bellman::sequence_sum{}, slopes);
  weights direction(w.size(), 0.0);
  for (std::size_t i = 0; i < seen.size(); ++i) {
    auto policy = policy_of(*seen.of[i], w);
    for (std::size_t k = 0; k < slopes[i].size(); ++k) {
      double const slope = slopes[i][k];
      if (slope == 0) continue;
      policy.score([&](std::size_t f, double d) { direction[f] += slope * d; }, seen.all[i].states[k],
                   seen.all[i].actions[k]);
    }
  }
  for (std::size_t f = 0; f < w.size(); ++f) w[f] -= step * direction[f];
}

inline rows same_for_all_moves(std::vector<double> const& advantages) {
  rows each;
  for (double const x : advantages) each.emplace_back(moves_of_a_game, x);
  return each;
}

/// For each game the advantages of its moves, of `of_moves(tree)`, which is asked once a puzzle.
template <class OfMoves>
rows of_each_move(games const& seen, OfMoves const& of_moves) {
  rows each;
  std::vector<double> known;
  for (std::size_t i = 0; i < seen.size(); ++i) {
    if (i == 0 || seen.of[i] != seen.of[i - 1]) known = of_moves(*seen.of[i]);
    auto& row = each.emplace_back();
    for (action const a : seen.all[i].actions) row.push_back(known[a]);
  }
  return each;
}

/// A method that plays, and steps once by what `advantages(games, weights)` says.
template <class Advantages>
method on_policy(std::string name, Advantages const& advantages) {
  return {std::move(name), true, [=](double step) -> update {
            return [=](weights& w, chosen_puzzles puzzles, generator& chance) {
              games const seen(w, puzzles, chance);
              detail::follow(w, step, seen, seen.log_probs(w), advantages(seen, w), bellman::unclipped{});
            };
          }};
}

inline method by_expectation() {
  return {exact, false, [](double step) -> update {
            return [=](weights& w, chosen_puzzles puzzles, generator&) {
              weights direction(w.size(), 0.0);
              for (tree const* const t : puzzles) {
                auto const g = exact_gradient(*t, w);
                for (std::size_t f = 0; f < g.size(); ++f) direction[f] += g[f] / static_cast<double>(puzzles.size());
              }
              for (std::size_t f = 0; f < w.size(); ++f) w[f] += step * direction[f];
            };
          }};
}

/// What a critic sees of a position: how many numbers, parts of 24, 24 itself, a fraction, a number below 0.
inline std::array<double, 8> seen_of(position const& s) {
  double dividing = 0;
  bool fraction = false, negative = false, target = false;
  for (rational const& x : s) {
    dividing += divides_24(x) ? 1 : 0;
    fraction = fraction || !is_whole(x);
    negative = negative || x < rational(0);
    target = target || x == rational(24);
  }
  auto const n = static_cast<double>(s.size);
  return {n == 4 ? 1.0 : 0.0,          n == 3 ? 1.0 : 0.0,   n == 2 ? 1.0 : 0.0,   dividing / n,
          n == 2 ? dividing / n : 0.0, fraction ? 1.0 : 0.0, negative ? 1.0 : 0.0, target ? 1.0 : 0.0};
}

inline method proximal() {
  return {
      ppo, true, [](double step) -> update {
        bellman::learner critic(bellman::linear_prediction(8, seen_of), bellman::td_learning{.gamma = 1.0}, 0.02);
        return [=](weights& w, chosen_puzzles puzzles, generator& chance) mutable {
          games const seen(w, puzzles, chance);
          rows advantages;
          for (std::size_t i = 0; i < seen.size(); ++i) {
            played_game const& one = seen.all[i];
            std::vector<double> values;
            for (std::size_t k = 0; k < one.size(); ++k) {
              values.push_back(critic(seen.of[i]->moves().state(one.states[k])));
            }
            advantages.push_back(
                bellman::gae(one.rewards, values, bellman::terminated{}, {.gamma = 1.0, .lambda = 0.95}).advantages);
          }
          for (std::size_t i = 0; i < seen.size(); ++i) {
            played_game const& one = seen.all[i];
            for (std::size_t k = 0; k < one.size(); ++k) {
              critic.fit(seen.of[i]->moves().state(one.states[k]), one.actions[k], one.rewards.back());
            }
          }
          advantages = bellman::whiten(advantages);
          rows const old = seen.log_probs(w);
          for (int epoch = 0; epoch < 4; ++epoch) {
            detail::follow(w, step, seen, old, advantages, bellman::clipped{0.2});
          }
        };
      }};
}

}  // namespace detail

inline std::vector<method> methods() {
  using detail::games;
  auto const own = [](games const& seen, weights const& w) {
    return detail::of_each_move(seen, [&](tree const& t) { return advantages_by(t, value_of(t, policy_of(t, w))); });
  };
  auto const best = [](games const& seen, weights const&) {
    return detail::of_each_move(seen, [](tree const& t) { return advantages_by(t, t.best()); });
  };
  auto const of_group = [](auto const& of) {
    return [of](games const& seen, weights const&) {
      return detail::same_for_all_moves(of(seen.rewards(), seen.by_puzzle()));
    };
  };
  return {detail::by_expectation(),
          detail::on_policy(own_advantages, own),
          detail::on_policy(best_advantages, best),
          detail::on_policy(rloo, of_group(bellman::rloo)),
          detail::on_policy(grpo, of_group(bellman::grpo)),
          detail::proximal()};
}

}  // namespace game24_learned
