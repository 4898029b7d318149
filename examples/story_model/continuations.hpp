// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "decoder.hpp"
#include "model.hpp"
#include "tokenizer.hpp"

#include <bellman/bellman.hpp>

#include <algorithm>
#include <cstddef>
#include <ranges>
#include <span>
#include <vector>

namespace story_model {

/// Numbers for all continuations of a prompt by fewer than so many tokens: 0 is the prompt itself, then come those by
/// one token, then those by two.
class continuation_numbers {
 public:
  continuation_numbers(std::size_t its_vocabulary, std::size_t tokens) : vocabulary_(its_vocabulary) {
    for (std::size_t k = 0; k < tokens; ++k) size_ = size_ * vocabulary_ + 1;
  }

  std::size_t size() const { return size_; }
  /// That of a continuation by one token more.
  std::size_t behind(std::size_t number, std::size_t next) const { return number * vocabulary_ + next + 1; }
  std::size_t operator()(bellman::context const& s) const {
    std::size_t number = 0;
    for (bellman::token const t : s.generated()) number = behind(number, static_cast<std::size_t>(t));
    return number;
  }

 private:
  std::size_t vocabulary_, size_ = 0;
};

/// What a model says, in one table, of all continuations of a prompt by fewer than so many tokens: the logits of the
/// token behind each. A text that has ended is not continued, and its row is 0.
class known_logits {
 public:
  /// Continuations by one token more are computed together; `step()` is called after each such batch.
  template <class Step>
  known_logits(model<float> const& m, std::vector<token> const& prompt, std::size_t tokens, Step const& step)
      : vocabulary_(m.shape().vocabulary), number_(vocabulary_, tokens), logits_(number_.size() * vocabulary_, 0.0f) {
    std::size_t const length = prompt.size() + tokens;
    decoder<float> first(m, 1, length);
    keep(0, first.feed(prompt, 0).last(vocabulary_));
    if (tokens > 1) continue_all(m, first, 0, 0, tokens - 1, length, step);
  }

  continuation_numbers const& number() const { return number_; }
  /// How many contexts the model was asked about.
  std::size_t passes() const { return passes_; }

  auto operator()(bellman::context const& s) const {
    return std::span(logits_).subspan(number_(s) * vocabulary_, vocabulary_) |
           std::views::transform([](float x) { return static_cast<double>(x); });
  }

 private:
  void keep(std::size_t number, std::span<float const> row) {
    std::ranges::copy(row, logits_.begin() + static_cast<std::ptrdiff_t>(number * vocabulary_));
    ++passes_;
  }

  // Of what a sequence of a decoder has in it, the continuations by 1, ..., `deep` tokens.
  template <class Step>
  void continue_all(model<float> const& m, decoder<float> const& before, std::size_t sequence, std::size_t number,
                    std::size_t deep, std::size_t length, Step const& step) {
    decoder<float> all(m, vocabulary_, length);
    std::vector<token> next;
    for (token t = 0; t < vocabulary_; ++t) {
      if (t != begin_of_text) next.push_back(t);
    }
    std::vector<std::size_t> const sequences(next.begin(), next.end());
    for (std::size_t const t : sequences) all.begin_as(t, before, sequence, before.length(sequence));
    auto const rows = all.feed(next, sequences);
    for (std::size_t k = 0; k < sequences.size(); ++k) {
      keep(number_.behind(number, sequences[k]), rows.subspan(k * vocabulary_, vocabulary_));
    }
    step();
    if (deep == 1) return;
    for (std::size_t const t : sequences) {
      continue_all(m, all, t, number_.behind(number, t), deep - 1, length, step);
    }
  }

  std::size_t vocabulary_;
  continuation_numbers number_;
  std::vector<float> logits_;
  std::size_t passes_ = 0;
};

}  // namespace story_model
