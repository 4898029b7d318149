// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "text_file.hpp"
#include "words.hpp"

#include <bellman/language/tokeniser.hpp>
#include <bellman/language/vocabulary.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <limits>
#include <optional>
#include <queue>
#include <stdexcept>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

// Byte-pair encoding as in GPT-2 (Radford et al. 2019, section 2.2): a token is a byte or two tokens merged.
namespace support {

using bellman::token;

namespace detail {

// GPT-2 numbers the bytes that print first, then the others.
constexpr bool prints(unsigned byte) {
  return (byte >= 0x21 && byte <= 0x7E) || (byte >= 0xA1 && byte <= 0xAC) || byte >= 0xAE;
}

inline constexpr auto byte_of_token = [] {
  std::array<unsigned char, 256> bytes{};
  std::size_t n = 0;
  for (bool const printing : {true, false}) {
    for (unsigned byte = 0; byte < 256; ++byte) {
      if (prints(byte) == printing) bytes[n++] = static_cast<unsigned char>(byte);
    }
  }
  return bytes;
}();

inline constexpr auto token_of_byte = [] {
  std::array<token, 256> tokens{};
  for (std::size_t t = 0; t < 256; ++t) tokens[byte_of_token[t]] = static_cast<token>(t);
  return tokens;
}();

// In a list of merges every byte is written as a character that prints: itself, or the n-th character from U+0100 on
// for the n-th byte that does not print. Nothing for any other text.
constexpr std::optional<std::string> bytes_written_as(std::string_view text) {
  constexpr std::size_t printing = 188;
  std::string bytes;
  for (std::size_t i = 0; i < text.size(); ++i) {
    auto const lead = static_cast<unsigned char>(text[i]);
    unsigned c = lead;
    if (lead >= 0x80) {
      if (lead < 0xC2 || lead >= 0xE0 || i + 1 == text.size()) return std::nullopt;
      auto const rest = static_cast<unsigned char>(text[++i]);
      if ((rest & 0xC0) != 0x80) return std::nullopt;
      c = (lead & 0x1Fu) << 6 | (rest & 0x3Fu);
    }
    if (c < 0x100 ? !prints(c) : c - 0x100 >= 256 - printing) return std::nullopt;
    bytes += static_cast<char>(c < 0x100 ? c : byte_of_token[printing + c - 0x100]);
  }
  return bytes;
}

}  // namespace detail

/// Turns texts into tokens and back. Without merges a token is a byte, numbered as GPT-2 numbers them. The first merge
/// makes token 256, the next one 257.
class byte_pair_encoder {
 public:
  byte_pair_encoder() {
    for (unsigned char const byte : detail::byte_of_token) add(std::string(1, static_cast<char>(byte)));
  }

  std::size_t size() const { return bytes_.size(); }

  /// The token that stands for exactly these bytes.
  std::optional<token> find(std::string const& bytes) const {
    auto const found = tokens_.find(bytes);
    if (found == tokens_.end()) return std::nullopt;
    return found->second;
  }

  /// From now on `left` and `right` side by side are one token, unless an earlier merge comes first. The two together
  /// must be a token that is not there yet; else nothing happens and the answer is false.
  bool merge(token left, token right) {
    std::string both = decode(left) + decode(right);
    if (tokens_.contains(both)) return false;
    merges_.emplace(pair(left, right), static_cast<token>(size()));
    add(std::move(both));
    return true;
  }

  /// The tokens of a text: in every word, the pair that was merged first in training is merged first, until no pair is
  /// left. Takes time proportional to the text, and for a word of n letters n log n.
  std::vector<token> encode(std::string_view text) const {
    std::vector<token> tokens;
    while (!text.empty()) {
      std::size_t const start = tokens.size();
      for (char const c : take_word(text)) tokens.push_back(detail::token_of_byte[static_cast<unsigned char>(c)]);
      if (tokens.size() - start <= short_word) {
        merge_from(tokens, start);
      } else {
        merge_long_word(tokens, start);
      }
    }
    return tokens;
  }

  /// The bytes that a token stands for. Throws `std::out_of_range` for a token that is not there.
  std::string const& decode(token t) const {
    if (t < 0 || static_cast<std::size_t>(t) >= size()) {
      throw std::out_of_range("token " + std::to_string(t) + " of " + std::to_string(size()) + " does not exist");
    }
    return bytes_[static_cast<std::size_t>(t)];
  }
  std::string decode(std::vector<token> const& tokens) const {
    std::string text;
    for (token const t : tokens) text += decode(t);
    return text;
  }

 private:
  static constexpr token none = std::numeric_limits<token>::max();
  static constexpr std::size_t short_word = 48;

  static std::uint64_t pair(token left, token right) {
    return static_cast<std::uint64_t>(left) << 32 | static_cast<std::uint64_t>(right);
  }

  void add(std::string bytes) {
    tokens_.emplace(bytes, static_cast<token>(bytes_.size()));
    bytes_.push_back(std::move(bytes));
  }

  token merged(token left, token right) const {
    auto const found = merges_.find(pair(left, right));
    return found == merges_.end() ? none : found->second;
  }

  // Merges what can be merged of the tokens from `start` on. The number of a token is the rank of its merge.
  void merge_from(std::vector<token>& tokens, std::size_t start) const {
    for (;;) {
      token lowest = none;
      for (std::size_t i = start; i + 1 < tokens.size(); ++i) {
        lowest = std::min(lowest, merged(tokens[i], tokens[i + 1]));
      }
      if (lowest == none) return;
      std::size_t end = start;
      for (std::size_t i = start; i < tokens.size(); ++i) {
        bool const here = i + 1 < tokens.size() && merged(tokens[i], tokens[i + 1]) == lowest;
        tokens[end++] = here ? lowest : tokens[i];
        if (here) ++i;
      }
      tokens.resize(end);
    }
  }

  // The same for a word of any length: neighbours are linked, and what may be merged waits in a queue, the lowest merge
  // first and of one merge what stands first.
  void merge_long_word(std::vector<token>& tokens, std::size_t start) const {
    struct link {
      std::size_t before, behind;
    };
    struct candidate {
      token merged;
      std::size_t at;
      token left, right;  // what stood there, to see whether it still does
    };
    auto const later = [](candidate const& a, candidate const& b) {
      return a.merged != b.merged ? a.merged > b.merged : a.at > b.at;
    };
    std::priority_queue<candidate, std::vector<candidate>, decltype(later)> waiting(later);
    std::size_t const n = tokens.size() - start;
    token* const word = tokens.data() + start;
    std::vector<link> links(n);
    for (std::size_t i = 0; i < n; ++i) links[i] = {i - 1, i + 1};  // before the first one there is none
    auto const look_at = [&](std::size_t i) {
      if (i >= n || links[i].behind >= n) return;
      token const left = word[i], right = word[links[i].behind];
      token const both = merged(left, right);
      if (both != none) waiting.push({both, i, left, right});
    };
    for (std::size_t i = 0; i < n; ++i) look_at(i);
    while (!waiting.empty()) {
      candidate const next = waiting.top();
      waiting.pop();
      std::size_t const i = next.at, j = links[i].behind;
      if (word[i] != next.left || j >= n || word[j] != next.right) continue;
      word[i] = next.merged;
      word[j] = none;
      links[i].behind = links[j].behind;
      if (links[i].behind < n) links[links[i].behind].before = i;
      look_at(links[i].before);
      look_at(i);
    }
    tokens.erase(std::remove(tokens.begin() + static_cast<std::ptrdiff_t>(start), tokens.end(), none), tokens.end());
  }

  std::vector<std::string> bytes_;
  std::unordered_map<std::string, token> tokens_;
  std::unordered_map<std::uint64_t, token> merges_;
};

static_assert(bellman::tokeniser<byte_pair_encoder>);

/// Reads `vocab.bpe`: a heading, then a merge a line, two tokens with a space between them. Throws `bad_input`.
inline byte_pair_encoder read_merges(std::filesystem::path const& path) {
  line_reader file(path);
  std::string line;
  if (!file.next(line) || !line.starts_with("#version")) file.fail("the list of merges must begin with \"#version\"");
  byte_pair_encoder encoder;
  while (file.next(line)) {
    auto const space = line.find(' ');
    auto const token_at = [&](std::size_t from, std::size_t to) {
      auto const bytes = detail::bytes_written_as(std::string_view(line).substr(from, to - from));
      auto const t = bytes ? encoder.find(*bytes) : std::nullopt;
      if (!t) file.fail("\"" + line.substr(from, to - from) + "\" is no byte and no earlier line makes it");
      return *t;
    };
    if (space == line.npos || space == 0 || space + 1 == line.size() || line.find(' ', space + 1) != line.npos) {
      file.fail("a merge is two tokens with one space between them");
    }
    token const left = token_at(0, space), right = token_at(space + 1, line.size());
    if (!encoder.merge(left, right)) file.fail("an earlier line makes this token");
  }
  return encoder;
}

}  // namespace support
