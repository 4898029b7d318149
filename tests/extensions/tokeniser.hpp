// SPDX-License-Identifier: BSL-1.0
#pragma once

// [block]
#include <bellman/language/tokeniser.hpp>
#include <bellman/language/vocabulary.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace extensions {

// A token is a byte or one of some words, of which the longest that fits is taken. Every text has bytes, so that every
// text comes back.
class bytes_and_words {
 public:
  explicit bytes_and_words(std::vector<std::string> its_words) : words_(std::move(its_words)) {}

  std::vector<bellman::token> encode(std::string_view text) const {
    std::vector<bellman::token> tokens;
    while (!text.empty()) {
      bellman::token longest = static_cast<unsigned char>(text.front());
      std::size_t bytes = 1;
      for (std::size_t w = 0; w < words_.size(); ++w) {
        if (words_[w].size() <= bytes || !text.starts_with(words_[w])) continue;
        longest = static_cast<bellman::token>(256 + w);
        bytes = words_[w].size();
      }
      tokens.push_back(longest);
      text.remove_prefix(bytes);
    }
    return tokens;
  }

  std::string decode(std::vector<bellman::token> const& tokens) const {
    std::string text;
    for (bellman::token const t : tokens) {
      if (t < 256) {
        text += static_cast<char>(t);
      } else {
        text += words_.at(static_cast<std::size_t>(t) - 256);
      }
    }
    return text;
  }

 private:
  std::vector<std::string> words_;
};

static_assert(bellman::tokeniser<bytes_and_words>);

}  // namespace extensions
// [block]
