// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "../support/adam.hpp"
#include "decoder.hpp"
#include "methods.hpp"
#include "model.hpp"
#include "parallel.hpp"
#include "stories.hpp"
#include "text_pass.hpp"
#include "tokenizer.hpp"

#include <bellman/bellman.hpp>
#include <bellman/experience/minibatches.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <random>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace story_model {

/// How a model learns; steps shrink to nothing towards the end.
struct settings {
  std::string prompt = "One day, Lily";
  std::string wanted = "happy";  ///< what a story must have in it
  std::size_t longest = 256;     ///< tokens of a story
  std::size_t updates = 60;
  std::size_t batch = 64;  ///< stories of an update
  std::size_t group = 8;   ///< stories that are compared
  std::size_t minibatch = 16;
  std::size_t epochs = 1;
  double rate = 1e-4;
  double longest_gradient = 1;
  double clip = 0.2;
  double critic = 0.01;  ///< weight of the critic's loss in what the model learns
};

/// What is known of some stories: means over stories, the entropy over tokens.
struct measures {
  double reward = 0;
  double kl = 0;  ///< nats from the original model, over a whole story
  double entropy = 0;
  double signal = 0;  ///< share of groups that differ in reward
  double balanced = 0;
  double distinct = 0;
  double length = 0;

  friend bool operator==(measures const&, measures const&) = default;
};

/// Stories, and what both models think of them.
struct batch_of_stories {
  std::vector<story> stories{};
  scored known{};
  measures figures{};
};

/// A model that learns, beside the one that it was.
class trainer {
 public:
  trainer(model<float> const& its_original, tokenizer const& its_words, settings its_settings, method const& its_method,
          std::uint64_t seed, std::size_t its_threads)
      : original_(&its_original),
        words_(&its_words),
        settings_(std::move(its_settings)),
        method_(its_method),
        threads_(its_threads),
        task_{{begin_of_text}, settings_.longest},
        model_(its_original),
        head_(its_original.shape().dimension + 1, 0.0f),
        urbg_(seed) {
    for (token const t : words_->encode(settings_.prompt)) task_.prompt.push_back(t);
  }

  model<float> const& current() const { return model_; }
  std::vector<measures> const& history() const { return history_; }

  bool has_ended() const { return history_.size() >= settings_.updates; }

  /// Writes a batch of stories, and learns from them.
  void update() {
    auto batch = write(settings_.batch, urbg_);
    if (method_.has_critic) batch.known.values = values_of(batch.stories);
    credit const c = method_.credit_of(batch.known, method_.in_rewards);
    double const left = 1 - static_cast<double>(history_.size()) / static_cast<double>(settings_.updates);
    adam_.rate = settings_.rate * left;
    head_adam_.rate = 10 * adam_.rate;
    for (std::size_t epoch = 0; epoch < settings_.epochs; ++epoch) {
      for (auto const places : bellman::minibatches(settings_.batch, settings_.minibatch, urbg_)) {
        learn(batch, c, places);
      }
    }
    history_.push_back(batch.figures);
  }

  /// Some stories by the model as it is.
  template <class G>
  batch_of_stories write(std::size_t n, G& urbg) const {
    std::vector<std::uint64_t> seeds;
    for (std::size_t k = 0; k < n; ++k) seeds.push_back(urbg());
    batch_of_stories b;
    b.stories = write_stories(model_, task_, seeds, threads_);
    look_at(b);
    return b;
  }

  /// Everything that its next numbers depend on, but for what it was made with: `visit(x)...` reads or writes each.
  template <class Visit>
  void visit_state(Visit&& visit) {
    model_.change([&](std::span<float> weights) { visit(weights); });
    visit(std::span<float>(head_));
    visit(adam_);
    visit(head_adam_);
    visit(urbg_);
    visit(history_);
  }

 private:
  // What the original thinks of the tokens, and what is logged.
  void look_at(batch_of_stories& b) const {
    std::size_t const n = b.stories.size();
    b.known.group = settings_.group;
    b.known.rewards.resize(n);
    b.known.log_probs.resize(n);
    b.known.reference_log_probs.resize(n);
    std::vector<measures> of_story(n);
    references_.resize((std::max)(references_.size(), n));
    bellman::contains const wanted{std::string_view(settings_.wanted)};
    in_parallel(n, threads_, [&](std::size_t k) {
      story const& s = b.stories[k];
      measures& m = of_story[k];
      references_[k] = logits_by(*original_, s);
      std::size_t const v = original_->shape().vocabulary;
      for (std::size_t t = 0; t < s.chosen(); ++t) {
        auto const z = s.logits_of(t);
        auto const y = std::span<float const>(references_[k]).subspan(t * v, v);
        b.known.log_probs[k].push_back(bellman::log_softmax(z, s.choice(t)));
        b.known.reference_log_probs[k].push_back(bellman::log_softmax(y, s.choice(t)));
        m.kl += double{bellman::kl_divergence(z, y)};
        m.entropy += double{bellman::entropy(z)};
      }
      std::string const text = text_of(s, *words_);
      b.known.rewards[k] = wanted(text) ? 1.0f : 0.0f;
      m.reward = double{b.known.rewards[k]};
      m.balanced = has_balanced_quotes(text) ? 1 : 0;
      m.distinct = share_of_distinct_words(text);
      m.length = static_cast<double>(s.chosen());
    });
    double tokens = 0;
    auto const part = 1 / static_cast<double>(n);
    for (measures const& m : of_story) {
      b.figures.reward += m.reward * part;
      b.figures.kl += m.kl * part;
      b.figures.entropy += m.entropy;
      b.figures.balanced += m.balanced * part;
      b.figures.distinct += m.distinct * part;
      b.figures.length += m.length * part;
      tokens += m.length;
    }
    b.figures.entropy /= tokens;
    b.figures.signal = 1 - static_cast<double>(bellman::share_without_signal(b.known.rewards, b.known.groups()));
  }

  // The logits of a story's own tokens.
  static std::vector<float> logits_by(model<float> const& m, story const& s) {
    decoder<float> d(m, 1, s.tokens.size());
    auto const all = d.feed(std::span(s.tokens).first(s.tokens.size() - 1), 0);
    auto const own = all.last(s.chosen() * m.shape().vocabulary);
    return {own.begin(), own.end()};
  }

  // A critic's values are linear in what the last layer makes of the tokens so far.
  std::vector<float> values_by(std::span<float const> features, std::size_t from) const {
    std::size_t const d = head_.size() - 1;
    std::vector<float> values;
    for (std::size_t t = from; t < features.size() / d; ++t) {
      double v = head_[d];
      for (std::size_t i = 0; i < d; ++i) v += double{head_[i]} * features[t * d + i];
      values.push_back(static_cast<float>(v));
    }
    return values;
  }
  token_rows values_of(std::vector<story> const& stories) const {
    token_rows values(stories.size());
    in_parallel(stories.size(), threads_, [&](std::size_t k) {
      auto const& tokens = stories[k].tokens;
      decoder<float> d(model_, 1, tokens.size());
      d.feed(std::span(tokens).first(tokens.size() - 1), 0);
      values[k] = values_by(d.features(), stories[k].chosen_from - 1);
    });
    return values;
  }

  // A part of a gradient: that of the model and that of the critic's head.
  struct gradient_part {
    std::vector<float> of_model, of_head;
  };

  // A step along the gradient of the mean loss over the tokens of some stories. The parts are the same, and added in
  // the same order, for any number of threads.
  void learn(batch_of_stories const& b, credit const& c, std::span<std::size_t const> places) {
    constexpr std::size_t shards = 4;
    std::array<gradient_part, shards> parts{};
    double tokens = 0;
    for (std::size_t const k : places) tokens += static_cast<double>(b.stories[k].chosen());
    in_parallel(shards, threads_, [&](std::size_t shard) {
      gradient_part& mine = parts[shard];
      mine.of_model.assign(model_.weights().size(), 0.0f);
      mine.of_head.assign(head_.size(), 0.0f);
      text_pass<float> pass(model_, settings_.longest);
      for (std::size_t k = shard; k < places.size(); k += shards) add_gradient(pass, b, c, places[k], tokens, mine);
    });
    for (std::size_t shard = 1; shard < shards; ++shard) {
      for (std::size_t i = 0; i < parts[0].of_model.size(); ++i) parts[0].of_model[i] += parts[shard].of_model[i];
      for (std::size_t i = 0; i < head_.size(); ++i) parts[0].of_head[i] += parts[shard].of_head[i];
    }
    model_.change([&](std::span<float> weights) { adam_.step(weights, parts[0].of_model); });
    if (method_.has_critic) head_adam_.step(head_, parts[0].of_head);
  }

  // Of one story: the loss is a mean over all tokens, of which this one has a share.
  void add_gradient(text_pass<float>& pass, batch_of_stories const& b, credit const& c, std::size_t k, double tokens,
                    gradient_part& mine) const {
    story const& s = b.stories[k];
    std::size_t const v = model_.shape().vocabulary, n = s.chosen();
    auto const share = static_cast<float>(static_cast<double>(n) / tokens);
    auto const all = pass.forward(std::span(s.tokens).first(s.tokens.size() - 1));
    auto const logits = all.last(n * v);

    std::vector<float> log_probs(n);
    for (std::size_t t = 0; t < n; ++t) log_probs[t] = bellman::log_softmax(logits.subspan(t * v, v), s.choice(t));
    std::array const one{bellman::sampled_tokens{std::span<float const>(log_probs),
                                                 std::span<float const>(b.known.log_probs[k]),
                                                 std::span<float const>(c.advantages[k])}};
    std::array<std::vector<float>, 1> slopes{std::vector<float>(n)};
    bellman::policy_loss(one, bellman::token_ratio{}, bellman::clipped{static_cast<float>(settings_.clip)},
                         bellman::token_mean{}, slopes);

    // From log-probabilities to logits: d log p_a / d z_i is 1 where i is a, less p_i; and the penalty's part.
    std::vector<float> of_logits(all.size(), 0.0f), of_penalty(v);
    auto const own = std::span(of_logits).last(n * v);
    auto const penalty = share * static_cast<float>(method_.in_loss / static_cast<double>(n));
    for (std::size_t t = 0; t < n; ++t) {
      auto const z = logits.subspan(t * v, v);
      auto const to = own.subspan(t * v, v);
      float const slope = share * slopes[0][t];
      for (auto const& [i, p] : bellman::softmax(z)) to[i] = -slope * p;
      to[s.choice(t)] += slope;
      if (method_.in_loss == 0) continue;
      bellman::kl_divergence(z, std::span<float const>(references_[k]).subspan(t * v, v), of_penalty);
      for (std::size_t i = 0; i < v; ++i) to[i] += penalty * of_penalty[i];
    }
    std::vector<float> of_features;
    if (method_.has_critic) of_features = add_critic(pass.features(), s.chosen_from - 1, c.returns[k], share, mine);
    pass.backward(of_logits, mine.of_model, of_features);
  }

  // The critic's part of the gradient; gives its slopes in the features.
  std::vector<float> add_critic(std::span<float const> features, std::size_t from, std::vector<float> const& returns,
                                float share, gradient_part& mine) const {
    std::size_t const d = head_.size() - 1, n = returns.size();
    std::array const values{values_by(features, from)};
    std::array<std::vector<float>, 1> slopes{std::vector<float>(n)};
    std::array const aims{std::span<float const>(returns)};
    bellman::mean_loss(bellman::squared_error, bellman::token_mean{}, slopes, values, aims);
    auto const weight = share * static_cast<float>(settings_.critic);
    std::vector<float> of_features(features.size(), 0.0f);
    for (std::size_t t = 0; t < n; ++t) {
      float const slope = slopes[0][t];
      for (std::size_t i = 0; i < d; ++i) {
        mine.of_head[i] += share * slope * features[(from + t) * d + i];
        of_features[(from + t) * d + i] = weight * slope * head_[i];
      }
      mine.of_head[d] += share * slope;
    }
    return of_features;
  }

  model<float> const* original_;
  tokenizer const* words_;
  settings settings_;
  method method_;
  std::size_t threads_;
  assignment task_;
  model<float> model_;
  std::vector<float> head_;
  support::adam adam_{settings_.rate, settings_.longest_gradient, 0.99}, head_adam_{adam_};
  std::mt19937_64 urbg_;
  std::vector<measures> history_{};
  mutable std::vector<std::vector<float>> references_{};
};

}  // namespace story_model
