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
      : model_(&its_model), past_(its_model.shape(), sequences, length), lengths_(sequences, 0) {}

  std::size_t sequences() const { return lengths_.size(); }
  /// How many tokens a sequence has been given.
  std::size_t length(std::size_t sequence) const { return lengths_[sequence]; }

  /// Each of these sequences is given a token more. The logits of the token behind it: a row of `vocabulary` numbers
  /// for each, until this is called again. Throws `std::length_error` where a sequence has no room.
  std::span<Number const> feed(std::span<token const> tokens, std::span<std::size_t const> sequences) {
    return feed_each(tokens, [&](std::size_t k) { return sequences[k]; });
  }

  /// A sequence is given several tokens more. The logits behind each of them. Throws as the other does.
  std::span<Number const> feed(std::span<token const> tokens, std::size_t sequence) {
    return feed_each(tokens, [&](std::size_t) { return sequence; });
  }

  /// What the last layer made of the tokens that were given last: a row of `dimension` numbers for each.
  std::span<Number const> features() const { return results_.normed; }

  /// A sequence is forgotten, and begins with the first `tokens` of one of another decoder of the model. Throws
  /// `std::length_error` where the other has not so many, or this one no room for them.
  void begin_as(std::size_t sequence, decoder const& other, std::size_t its_sequence, std::size_t tokens) {
    if (tokens > other.lengths_[its_sequence] || tokens > past_.length()) {
      throw std::length_error(std::to_string(tokens) + " tokens of a sequence of " +
                              std::to_string(other.lengths_[its_sequence]) + "; there is room for " +
                              std::to_string(past_.length()));
    }
    past_.copy(sequence, other.past_, its_sequence, tokens);
    lengths_[sequence] = tokens;
  }

 private:
  template <class SequenceOf>
  std::span<Number const> feed_each(std::span<token const> tokens, SequenceOf const& sequence_of) {
    places_.clear();
    for (std::size_t k = 0; k < tokens.size(); ++k) {
      std::size_t const s = sequence_of(k);
      if (lengths_[s] == past_.length()) {
        for (place const& p : places_) --lengths_[p.sequence];
        throw std::length_error("token " + std::to_string(k) + " of " + std::to_string(tokens.size()) +
                                " has no room; a sequence has at most " + std::to_string(past_.length()));
      }
      places_.push_back({s, lengths_[s]++});
    }
    return model_->forward(tokens, places_, past_, results_);
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
