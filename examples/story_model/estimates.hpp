// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "../support/table.hpp"
#include "exact_values.hpp"
#include "parallel.hpp"

#include <bellman/bellman.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <mutex>
#include <random>
#include <ranges>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

// Estimates of the advantage of a next token, from sampled continuations, beside what it is.
namespace story_model {

/// An estimator of the advantage of the next token, and what its mean is known to be.
struct estimator {
  enum class kind { monte_carlo, gae_of_values, gae, rloo, dr_grpo, grpo, vtrace, clipped_vtrace };

  kind is;
  double lambda = 1;

  std::string name() const {
    switch (is) {
      case kind::monte_carlo:
        return "Monte Carlo";
      case kind::gae_of_values:
        return "GAE " + support::fixed(lambda, 1) + ", exact critic";
      case kind::gae:
        return "GAE " + support::fixed(lambda, 1) + ", rough critic";
      case kind::rloo:
        return "RLOO";
      case kind::dr_grpo:
        return "Dr. GRPO";
      case kind::grpo:
        return "GRPO";
      case kind::vtrace:
        return "V-trace, no bound";
      default:
        return "V-trace, bound 1";
    }
  }
  bool is_unbiased() const {
    return is == kind::monte_carlo || is == kind::gae_of_values || is == kind::rloo || is == kind::vtrace ||
           (is == kind::gae && lambda == 1);
  }
  /// Whether its mean is known: not where it is divided by what was drawn.
  bool has_known_mean() const { return is != kind::grpo; }
};

/// The lambdas with the rough critic.
inline constexpr std::size_t lambdas = 11;
inline double lambda_at(std::size_t k) { return static_cast<double>(k) / static_cast<double>(lambdas - 1); }

/// All that are held against the exact values.
inline std::vector<estimator> all_estimators() {
  using kind = estimator::kind;
  std::vector<estimator> all{{kind::monte_carlo}};
  for (double const lambda : {0.0, 0.5, 0.9}) all.push_back({kind::gae_of_values, lambda});
  for (std::size_t k = 0; k < lambdas; ++k) all.push_back({kind::gae, lambda_at(k)});
  for (kind const k : {kind::rloo, kind::dr_grpo, kind::grpo, kind::vtrace, kind::clipped_vtrace}) all.push_back({k});
  return all;
}

/// What one estimator gave for one next token.
struct estimated {
  double known = 0;      ///< its mean, as far as it is known
  double mean = 0;       ///< of all estimates
  double deviation = 0;  ///< of one estimate
  double error = 0;      ///< the standard error of the mean

  // Where all estimates are equal, only their rounding is left.
  bool is_within_three_errors_of(double x) const { return std::abs(mean - x) <= 3 * error + 1e-9; }
};

/// The estimates of the advantage of one next token; the state that it leads to is what is sampled from.
struct state_estimates {
  bellman::token next;
  double advantage;  ///< exact
  std::vector<estimated> of{};
};

/// How it is sampled.
struct sampling {
  std::size_t states = 100;        ///< the most probable next tokens
  std::size_t rollouts = 4000;     ///< from each, of each policy, and so many groups
  std::size_t group = 8;
  std::uint64_t seed = 1;
  std::size_t threads = 2;
};

/// A critic that knows half of what there is to know: of the difference between a context's value and the prompt's it
/// sees one half.
inline auto rough_critic(exact_values const& v) {
  return [&v](bellman::context const& s) { return s.generated_size() < v.longest ? (v.value() + v(s)) / 2 : 0.0; };
}

/// The policy to whose values V-trace leads where ratios are bounded by 1: proportional to the lesser of the two
/// probabilities (Espeholt et al. 2018).
template <class Policy, class Other>
auto bounded_policy(Policy const& policy, Other const& behaviour) {
  return [&policy, &behaviour](bellman::context const& s) {
    std::vector<bellman::weighted<bellman::token, double>> all;
    for (auto const& [t, p] : policy(s)) all.push_back({t, p});
    std::size_t k = 0;
    for (auto const& [t, p] : behaviour(s)) {
      all[k].probability = (std::min)(all[k].probability, p);
      ++k;
    }
    return bellman::normalised(all);
  };
}

/// A policy that computes the distribution of each context once. Not for several threads.
template <class Policy>
class remembered {
 public:
  using points = std::vector<bellman::weighted<bellman::token, double>>;

  explicit remembered(Policy const& its_policy) : policy_(&its_policy) {}

  bellman::categorical<points> const& operator()(bellman::context const& s) const {
    auto found = known_.find(s);
    if (found == known_.end()) {
      points all;
      for (auto const& [t, p] : (*policy_)(s)) all.push_back({t, p});
      found = known_.emplace(s, bellman::categorical(std::move(all))).first;
    }
    return found->second;
  }
  double probability(bellman::context const& s, bellman::token t) const {
    return ((*this)(s).begin() + t)->probability;
  }

 private:
  struct hash {
    std::size_t operator()(bellman::context const& s) const { return s.hash(); }
  };

  Policy const* policy_;
  mutable std::unordered_map<bellman::context, bellman::categorical<points>, hash> known_{};
};

namespace detail {

// Continuations that begin with the same token, one behind the other.
class recording {
 public:
  recording(bellman::context const& its_prompt, bellman::token its_next, double its_reward)
      : prompt_(its_prompt), next_(its_next), reward_(its_reward) {}

  template <class Episode>
  void add(Episode const& e) {
    states_.push_back(prompt_);
    tokens_.push_back(next_);
    rewards_.push_back(reward_);
    for (std::size_t t = 0; t < e.size(); ++t) {
      states_.push_back(e.states[t]);
      tokens_.push_back(e.actions[t]);
      rewards_.push_back(e.rewards[t]);
    }
    ends_.push_back(rewards_.size());
  }

  std::size_t size() const { return ends_.size() - 1; }
  auto rewards() const { return bellman::packed(rewards_, ends_); }
  // What a column of one number for each step is laid out as.
  auto laid_out(std::vector<double> const& column) const { return bellman::packed(column, ends_); }

  template <class F>
  std::vector<double> of_states(F const& f) const {
    std::vector<double> all;
    for (auto const& s : states_) all.push_back(f(s));
    return all;
  }
  // Of the tokens; the first was not drawn, but given.
  template <class Policy>
  std::vector<double> probabilities(Policy const& policy) const {
    std::vector<double> all;
    for (std::size_t k = 0; k < states_.size(); ++k) {
      all.push_back(states_[k].generated_size() == 0 ? 1 : policy.probability(states_[k], tokens_[k]));
    }
    return all;
  }
  // Of each continuation the estimate at its first step.
  std::vector<double> first(std::vector<double> const& estimates) const {
    std::vector<double> all;
    for (std::size_t k = 0; k < size(); ++k) all.push_back(estimates[ends_[k]]);
    return all;
  }

 private:
  bellman::context prompt_;
  bellman::token next_;
  double reward_;
  std::vector<bellman::context> states_{};
  std::vector<bellman::token> tokens_{};
  std::vector<double> rewards_{};
  std::vector<std::size_t> ends_{0};
};

inline estimated summary(std::vector<double> const& estimates, double known) {
  auto const s = bellman::statistics_of(estimates);
  double const variance = bellman::sample_variance{}(s);
  return {known, s.mean, std::sqrt(variance), std::sqrt(variance / static_cast<double>(estimates.size()))};
}

}  // namespace detail

/// Samples from the model, and from it at another temperature, and holds every estimator against the exact advantages.
/// `step()` is called after each state, by one thread at a time.
template <class Env, class Policy, class Other, class Step>
std::vector<state_estimates> estimate(Env const& env, Policy const& its_policy, Other const& its_behaviour,
                                      std::vector<token> const& prompt_tokens, exact_values const& v,
                                      sampling const& how, Step const& step) {
  using kind = estimator::kind;
  auto const estimators = all_estimators();
  std::vector<state_estimates> all;
  for (std::size_t a = 0; a < v.advantages.size(); ++a) {
    auto const next = static_cast<bellman::token>(a);
    if (!env.terminal(bellman::concat(bellman::context(prompt_tokens), next))) all.push_back({next, v.advantages[a]});
  }
  std::ranges::sort(all, std::ranges::less{}, [&](state_estimates const& x) {
    return std::pair(-v.probabilities[static_cast<std::size_t>(x.next)], x.next);
  });
  all.resize((std::min)(all.size(), how.states));
  std::mutex mutex;
  in_parallel(all.size(), how.threads, [&](std::size_t i) {
    // A context of its own, so that threads do not count owners of the same.
    bellman::context const prompt(prompt_tokens);
    remembered const policy(its_policy), behaviour(its_behaviour);
    state_estimates& at = all[i];
    auto const s = bellman::concat(prompt, at.next);
    double const r = env.transition(prompt, at.next).value().reward;
    std::mt19937_64 urbg(how.seed * 1'000'003 + i);

    detail::recording own(prompt, at.next, r), other(prompt, at.next, r);
    std::vector<double> rewards;  // of whole answers, in groups, of which the first begins with the token
    for (std::size_t k = 0; k < how.rollouts; ++k) {
      auto const e = bellman::rollout(env, policy, s, urbg);
      own.add(e);
      other.add(bellman::rollout(env, behaviour, s, urbg));
      rewards.push_back(bellman::discounted_return(e.rewards, 1.0) + r);
      for (std::size_t j = 1; j < how.group; ++j) {
        rewards.push_back(bellman::discounted_return(bellman::rollout(env, policy, prompt, urbg).rewards, 1.0));
      }
    }
    auto const rough = rough_critic(v);
    auto const bounded = bounded_policy(policy, behaviour);
    // What follows the token, tabulated once.
    auto const table = bellman::tabulate(env, s);
    auto const of_policy = bellman::tabulate(table, policy);
    auto const bounded_values = bellman::state_value(table, bellman::tabulate(table, bounded), 1.0);
    auto const of_bounded = [&](bellman::context const& x) { return bounded_values(table.index(x)); };
    auto const rough_by_number = [&](bellman::index_t x) { return rough(table.state(x)); };
    auto const bounded_critic = [&](bellman::context const& x) {
      return x.generated_size() == 0 ? v.value() : of_bounded(x);
    };
    auto const ratios = bellman::importance_ratios(other.probabilities(policy), other.probabilities(behaviour));
    auto const groups = bellman::grouping::consecutive(rewards.size(), how.group);
    auto const of_first = [&](std::vector<double> const& advantages) {
      std::vector<double> first;
      for (std::size_t k = 0; k < advantages.size(); k += how.group) first.push_back(advantages[k]);
      return first;
    };
    auto const exact_column = own.of_states(v), rough_column = own.of_states(rough);
    auto const estimates_of = [&](estimator const& e) {
      double const free = std::numeric_limits<double>::infinity();
      switch (e.is) {
        case kind::monte_carlo: {
          auto returns = own.first(bellman::returns_to_go(own.rewards(), bellman::terminated{}, 1.0));
          for (double& G : returns) G -= v.value();
          return returns;
        }
        case kind::gae_of_values:
        case kind::gae:
          return own.first(bellman::gae(own.rewards(),
                                        own.laid_out(e.is == kind::gae ? rough_column : exact_column),
                                        bellman::terminated{}, {.gamma = 1.0, .lambda = e.lambda})
                               .advantages);
        case kind::rloo:
          return of_first(bellman::rloo(rewards, groups));
        case kind::dr_grpo:
          return of_first(bellman::dr_grpo(rewards, groups));
        case kind::grpo:
          return of_first(bellman::grpo(rewards, groups));
        case kind::vtrace:
          return other.first(
              bellman::vtrace(other.rewards(), other.laid_out(other.of_states(rough)), other.laid_out(ratios),
                              bellman::terminated{},
                              {.gamma = 1.0, .clip_rho = free, .clip_c = free, .clip_pg_rho = free})
                  .advantages);
        default:
          return other.first(bellman::vtrace(other.rewards(), other.laid_out(other.of_states(bounded_critic)),
                                             other.laid_out(ratios), bellman::terminated{}, {.gamma = 1.0})
                                 .advantages);
      }
    };
    auto const known_mean = [&](estimator const& e) {
      double const exact = at.advantage;
      switch (e.is) {
        case kind::gae: {
          // What the next context is worth to the prompt: (1 - lambda) of what the critic says and lambda of the
          // lambda-return, whose expectation is a value too.
          double const G =
              bellman::bellman_lambda(table, of_policy, 1.0, e.lambda)(rough_by_number)(table.index(s));
          return r + (1 - e.lambda) * rough(s) + e.lambda * G - rough(prompt);
        }
        case kind::dr_grpo:
          return exact * static_cast<double>(how.group - 1) / static_cast<double>(how.group);
        case kind::clipped_vtrace:
          return r + of_bounded(s) - v.value();
        default:
          return exact;
      }
    };
    for (estimator const& e : estimators) at.of.push_back(detail::summary(estimates_of(e), known_mean(e)));
    std::lock_guard const alone(mutex);
    step();
  });
  return all;
}

}  // namespace story_model
