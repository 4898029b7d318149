// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "../support/adam.hpp"
#include "cart_pole.hpp"
#include "network.hpp"

#include <bellman/bellman.hpp>
#include <bellman/experience/autoreset.hpp>
#include <bellman/experience/batch_policy.hpp>
#include <bellman/experience/minibatches.hpp>
#include <bellman/experience/vectorised_environment.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <random>
#include <ranges>
#include <span>
#include <utility>
#include <vector>

// Proximal policy optimisation, Schulman et al. 2017.
namespace cartpole {

/// How it learns; steps and clip shrink to nothing towards the end.
struct settings {
  std::size_t steps = 100'000;  ///< of all environments together
  std::size_t environments = 8;
  std::size_t recorded = 32;  ///< steps of each environment between two updates
  std::size_t epochs = 10;
  std::size_t minibatch = 64;
  std::size_t hidden = 64;
  double gamma = 0.98;
  double lambda = 0.8;
  double rate = 1e-3;
  double clip = 0.2;
  double entropy = 0.001;
  double longest_gradient = 0.5;
};

/// What is known of learning after an update: how many steps it took, the mean return of the last 20 episodes, and what
/// is logged of the update.
struct milestone {
  std::size_t steps;
  double mean_return;
  double approximate_kl;
  double clip_fraction;
  double explained_variance;
};

/// A policy and its critic.
class learner {
 public:
  using generator = std::mt19937;

  learner(settings const& its_settings, unsigned seed)
      : settings_(its_settings),
        urbg_(seed),
        actor_(4, settings_.hidden, 2, 0.01f, [this] { return detail::drawn(urbg_); }),
        critic_(4, settings_.hidden, 1, 1.0f, [this] { return detail::drawn(urbg_); }) {}

  /// The whole of learning; `seen(milestone)` is called after each update.
  template <class Seen>
  void learn(Seen const& seen) {
    auto together =
        bellman::vectorised(cart_pole{}, settings_.environments, bellman::same_step_autoreset{}, urbg_, longest);
    std::size_t const each = settings_.recorded * settings_.environments;
    std::size_t const updates = std::max<std::size_t>(1, settings_.steps / each);
    std::vector<double> last_returns;
    for (std::size_t k = 0; k < updates; ++k) {
      auto const r = together.record(settings_.recorded, bellman::batch_policy{[this](auto states) {
                                       return std::views::transform(logits(states),
                                                                    [](pair const& z) { return bellman::softmax(z); });
                                     }},
                                     urbg_);
      for (auto const& episode : r.finished()) last_returns.push_back(episode.total);
      if (last_returns.size() > 20) last_returns.erase(last_returns.begin(), last_returns.end() - 20);
      milestone now = update(r, 1 - static_cast<double>(k) / static_cast<double>(updates));
      now.steps = (k + 1) * each;
      for (double const total : last_returns) now.mean_return += total / static_cast<double>(last_returns.size());
      seen(now);
    }
  }

  /// The action that is most probable.
  std::size_t operator()(position const& s) {
    pair const z = logits(std::span(&s, 1))[0];
    return z[1] > z[0] ? 1 : 0;
  }

  /// The mean return of so many episodes of the policy that takes the most probable action.
  double evaluate(std::size_t episodes, unsigned seed) {
    generator urbg(seed);
    cart_pole const env;
    double total = 0;
    for (std::size_t k = 0; k < episodes; ++k) {
      auto const greedy = [this](position const& s) { return (*this)(s); };
      total += static_cast<double>(bellman::rollout(env, greedy, env.start(urbg), urbg, longest).size());
    }
    return total / static_cast<double>(episodes);
  }

 private:
  using pair = std::array<float, 2>;

  static void append(std::vector<float>& inputs, position const& s) {
    for (double const x : s) inputs.push_back(static_cast<float>(x));
  }
  static std::vector<float> as_inputs(std::span<position const> states) {
    std::vector<float> inputs;
    inputs.reserve(4 * states.size());
    for (position const& s : states) append(inputs, s);
    return inputs;
  }
  std::vector<pair> logits(std::span<position const> states) {
    auto const z = actor_.forward(as_inputs(states));
    std::vector<pair> all;
    for (std::size_t k = 0; k < states.size(); ++k) all.push_back({z[2 * k], z[2 * k + 1]});
    return all;
  }

  template <class Recording>
  milestone update(Recording const& r, double left) {
    auto const values_span = critic_.forward(as_inputs(r.states()));
    std::vector<float> const values(values_span.begin(), values_span.end());
    auto const [advantages, returns] = bellman::gae(r.rewards(), r.of_steps(values), r.steps(values),
                                                    {.gamma = settings_.gamma, .lambda = settings_.lambda});
    std::size_t const n = advantages.size();
    std::vector<float> old_log_probs;
    auto const z = logits(r.states().first(n));
    for (std::size_t k = 0; k < n; ++k) old_log_probs.push_back(bellman::log_softmax(z[k], r.action(k)));

    milestone now{};
    now.explained_variance = bellman::explained_variance(std::span(values).first(n), returns);
    bellman::clipped const clip{static_cast<float>(settings_.clip * left)};
    double const rate = settings_.rate * left;
    for (std::size_t epoch = 0; epoch < settings_.epochs; ++epoch) {
      for (auto const places : bellman::minibatches(r.transitions(), settings_.minibatch, urbg_)) {
        gathered const some(r, places, old_log_probs, advantages, values, returns);
        follow_policy_loss(some, clip, rate, epoch + 1 == settings_.epochs ? &now : nullptr);
        follow_value_loss(some, rate);
      }
    }
    return now;
  }

  // What belongs to the places of a minibatch; each is one sequence of a batch.
  struct gathered {
    std::vector<float> inputs{};
    std::vector<std::size_t> actions{};
    std::vector<float> old_log_probs{}, advantages{};
    std::array<std::vector<float>, 1> old_values{}, returns{};

    template <class Recording>
    gathered(Recording const& r, std::span<std::size_t const> places, std::vector<float> const& all_log_probs,
             std::vector<float> const& all_advantages, std::vector<float> const& all_values,
             std::vector<float> const& all_returns) {
      for (std::size_t const k : places) {
        append(inputs, r.state(k));
        actions.push_back(r.action(k));
        old_log_probs.push_back(all_log_probs[k]);
        advantages.push_back(all_advantages[k]);
        old_values[0].push_back(all_values[k]);
        returns[0].push_back(all_returns[k]);
      }
      advantages = bellman::whiten(advantages);
    }
  };

  void follow_policy_loss(gathered const& some, bellman::clipped<float> const& clip, double rate, milestone* log) {
    std::size_t const n = some.actions.size();
    auto const z = actor_.forward(some.inputs);
    std::vector<float> log_probs;
    for (std::size_t k = 0; k < n; ++k) log_probs.push_back(bellman::log_softmax(z.subspan(2 * k, 2), some.actions[k]));
    std::array const batch{bellman::sampled_tokens{std::span<float const>(log_probs), std::span(some.old_log_probs),
                                                   std::span(some.advantages)}};
    std::array<std::vector<float>, 1> slopes{std::vector<float>(n)};
    bellman::policy_loss(batch, bellman::token_ratio{}, clip, bellman::token_mean{}, slopes);

    // From log-probabilities to logits: d log p_a / d z_i is 1 where i is a, less p_i; and the entropy's part.
    std::vector<float> slopes_of_logits(2 * n);
    auto const part = static_cast<float>(settings_.entropy / static_cast<double>(n));
    for (std::size_t k = 0; k < n; ++k) {
      pair of_entropy{};
      bellman::entropy(z.subspan(2 * k, 2), of_entropy);
      for (std::size_t i = 0; i < 2; ++i) {
        float const p = bellman::exp(bellman::log_softmax(z.subspan(2 * k, 2), i));
        float const own = i == some.actions[k] ? 1.0f : 0.0f;
        slopes_of_logits[2 * k + i] = slopes[0][k] * (own - p) - part * of_entropy[i];
      }
    }
    if (log != nullptr) {
      log->approximate_kl = bellman::approximate_kl(batch).value();
      log->clip_fraction = bellman::clip_fraction(batch, bellman::token_ratio{}, clip).value();
    }
    actors_step_.rate = rate;
    actors_step_.step(actor_.parameters(), actor_.backward(slopes_of_logits));
  }

  void follow_value_loss(gathered const& some, double rate) {
    auto const v = critic_.forward(some.inputs);
    std::array<std::vector<float>, 1> const values{std::vector<float>(v.begin(), v.end())};
    std::array<std::vector<float>, 1> slopes{std::vector<float>(v.size())};
    bellman::mean_loss(bellman::squared_error, bellman::token_mean{}, slopes, values, some.returns);
    critics_step_.rate = rate;
    critics_step_.step(critic_.parameters(), critic_.backward(slopes[0]));
  }

  settings settings_;
  generator urbg_;
  network<float> actor_, critic_;
  support::adam actors_step_{.rate = settings_.rate, .longest = settings_.longest_gradient, .epsilon = 1e-5f};
  support::adam critics_step_{actors_step_};
};

}  // namespace cartpole
