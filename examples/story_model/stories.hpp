// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "decoder.hpp"
#include "letters.hpp"
#include "model.hpp"
#include "parallel.hpp"
#include "tokenizer.hpp"

#include <bellman/bellman.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <random>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace story_model {

/// A text that a model wrote: the begin of a text, a prompt, and what the model chose. It ends where another text would
/// begin, or at its length.
struct story {
  std::vector<token> tokens{};
  std::size_t chosen_from = 0;  ///< where the model's own tokens begin
  std::vector<float> logits{};  ///< of each of the model's own tokens, a row of what it was chosen from

  std::size_t chosen() const { return tokens.size() - chosen_from; }
  token choice(std::size_t k) const { return tokens[chosen_from + k]; }
  std::span<float const> logits_of(std::size_t k) const {
    std::size_t const v = logits.size() / chosen();
    return std::span(logits).subspan(k * v, v);
  }
};

/// The text of a story.
inline std::string text_of(story const& s, tokenizer const& words) { return words.decode(s.tokens); }

/// How stories begin, and how many tokens they have at most, the begin of a text among them.
struct assignment {
  std::vector<token> prompt;  ///< with the begin of a text
  std::size_t longest;
};

/// A story for each seed, drawn from the model. Each has a generator of its own, so that it is the same whichever
/// others it is written beside, by however many threads.
inline std::vector<story> write_stories(model<float> const& m, assignment const& a,
                                        std::vector<std::uint64_t> const& seeds, std::size_t threads) {
  constexpr std::size_t together = 16;
  std::size_t const v = m.shape().vocabulary, n = seeds.size();
  std::vector<story> all(n);
  in_parallel((n + together - 1) / together, threads, [&](std::size_t shard) {
    std::span<story> const mine = std::span(all).subspan(shard * together, std::min(together, n - shard * together));
    decoder<float> d(m, mine.size(), a.longest);
    std::vector<std::mt19937_64> generators;
    std::vector<std::size_t> open;
    std::vector<token> last;
    auto const choose = [&](std::size_t k, std::span<float const> logits) {
      story& s = mine[k];
      s.logits.insert(s.logits.end(), logits.begin(), logits.end());
      s.tokens.push_back(static_cast<token>(bellman::sample(bellman::softmax(logits), generators[k])));
      if (s.tokens.back() == begin_of_text || s.tokens.size() >= a.longest) return;
      open.push_back(k);
      last.push_back(s.tokens.back());
    };
    auto const first = d.feed(a.prompt, 0);
    for (std::size_t k = 0; k < mine.size(); ++k) {
      generators.emplace_back(seeds[shard * together + k]);
      mine[k].tokens = a.prompt;
      mine[k].chosen_from = a.prompt.size();
      if (k != 0) d.begin_as(k, d, 0, a.prompt.size());
      choose(k, first.last(v));
    }
    while (!open.empty()) {
      auto const rows = std::exchange(open, {});
      auto const logits = d.feed(std::exchange(last, {}), rows);
      for (std::size_t k = 0; k < rows.size(); ++k) choose(rows[k], logits.subspan(k * v, v));
    }
  });
  return all;
}

/// Whether each quotation that is opened is closed, which of a text that was cut off may be due to its end.
inline bool has_balanced_quotes(std::string_view text) { return std::ranges::count(text, '"') % 2 == 0; }

/// Of all words of a text, the part that differ: a text that says the same over and over has few.
inline double share_of_distinct_words(std::string_view text) {
  std::set<std::string> words;
  std::size_t n = 0;
  std::string word;
  auto const end_word = [&] {
    if (word.empty()) return;
    words.insert(std::exchange(word, {}));
    ++n;
  };
  for (char const c : text) {
    if (!is_letter(c) && c != '\'') {
      end_word();
    } else {
      word += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    }
  }
  end_word();
  return n == 0 ? 1 : static_cast<double>(words.size()) / static_cast<double>(n);
}

}  // namespace story_model
