// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "cache.hpp"
#include "model.hpp"

#include <bellman/bellman.hpp>

#include <cstddef>
#include <span>
#include <stdexcept>
#include <string>
#include <vector>

namespace story_model {

/// Several sequences that a model reads token by token, all at once. The model must outlive it.
template <class Number>
class decoder {
 public:
  /// So many sequences, empty as yet, each of at most so many tokens. Throws `std::length_error` where the model reads
  /// none so long.
  decoder(model<Number> const& its_model, std::size_t sequences, std::size_t length)
      : model_(&its_model), past_(its_model.shape(), sequences, length), lengths_(sequences, 0) {
    if (length <= its_model.shape().context) return;
    throw std::length_error("sequences of " + std::to_string(length) + " tokens; the model reads at most " +
                            std::to_string(its_model.shape().context));
  }

  std::size_t sequences() const { return lengths_.size(); }
  /// How many tokens a sequence has been given.
  std::size_t length(std::size_t sequence) const { return lengths_[sequence]; }

  /// Each of these sequences is given a token more. The logits of the token behind it: a row of `vocabulary` numbers
  /// for each, until this is called again. Throws `std::length_error` where a sequence has no room.
  std::span<Number const> feed(std::span<token const> tokens, std::span<std::size_t const> sequences) {
    for (std::size_t const s : sequences) expect_room(s, 1);
    places_.clear();
    for (std::size_t const s : sequences) places_.push_back({s, lengths_[s]++});
    return model_->forward(tokens, places_, past_, results_);
  }

  /// A sequence is given several tokens more. The logits behind each of them.
  std::span<Number const> feed(std::span<token const> tokens, std::size_t sequence) {
    expect_room(sequence, tokens.size());
    places_.clear();
    for (std::size_t k = 0; k < tokens.size(); ++k) places_.push_back({sequence, lengths_[sequence]++});
    return model_->forward(tokens, places_, past_, results_);
  }

  /// What the last layer made of the tokens that were given last: a row of `dimension` numbers for each.
  std::span<Number const> features() const { return results_.normed; }

  /// A sequence is forgotten, and begins with the first `tokens` of one of another decoder of the model.
  void begin_as(std::size_t sequence, decoder const& other, std::size_t its_sequence, std::size_t tokens) {
    past_.copy(sequence, other.past_, its_sequence, tokens);
    lengths_[sequence] = tokens;
  }

 private:
  void expect_room(std::size_t sequence, std::size_t tokens) const {
    if (tokens <= past_.length() - lengths_[sequence]) return;
    throw std::length_error(std::to_string(tokens) + " tokens more; the sequence has " +
                            std::to_string(lengths_[sequence]) + " and room for " + std::to_string(past_.length()));
  }

  model<Number> const* model_;
  cache<Number> past_;
  std::vector<std::size_t> lengths_;
  std::vector<place> places_{};
  results<Number> results_ = results<Number>::of_one_layer();
};

/// The log-probability of each token behind the first, given those before it.
template <class Number>
std::vector<Number> log_probabilities(model<Number> const& m, std::span<token const> tokens) {
  std::vector<Number> all;
  if (tokens.size() < 2) return all;
  decoder<Number> d(m, 1, tokens.size() - 1);
  auto const logits = d.feed(tokens.first(tokens.size() - 1), 0);
  std::size_t const v = m.shape().vocabulary;
  for (std::size_t k = 1; k < tokens.size(); ++k) {
    all.push_back(bellman::log_softmax(logits.subspan((k - 1) * v, v), tokens[k]));
  }
  return all;
}

}  // namespace story_model
