// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "model.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace story_model {

inline constexpr token begin_of_text = 1, end_of_text = 2;

/// Text as tokens and back, as in SentencePiece (Kudo and Richardson 2018): pieces are merged, those of the highest
/// score first; a byte that no piece begins with is a token `<0xHH>`. Tokens 0, 1 and 2 stand for no text.
class tokenizer {
 public:
  struct piece {
    std::string text;
    float score;
  };

  explicit tokenizer(std::vector<piece> its_pieces) : pieces_(std::move(its_pieces)) {
    for (std::size_t k = 3; k < pieces_.size(); ++k) {
      auto const t = static_cast<token>(k);
      if (auto const byte = byte_of(pieces_[k].text)) {
        bytes_.emplace(*byte, t);
      } else {
        tokens_.emplace(pieces_[k].text, t);
      }
    }
  }

  std::size_t size() const { return pieces_.size(); }

  /// The tokens of a text, as it stands behind the begin of a text, which is not among them. A byte that is neither a
  /// piece nor has a token is left out. Takes time proportional to the square of the length.
  std::vector<token> encode(std::string_view text) const {
    std::vector<token> tokens;
    if (text.empty()) return tokens;
    add(" ", tokens);
    while (!text.empty()) {
      std::size_t n = 1;
      while (n < text.size() && n < 4 && (static_cast<unsigned char>(text[n]) & 0xC0u) == 0x80u) ++n;
      add(std::string(text.substr(0, n)), tokens);
      text.remove_prefix(n);
    }
    while (merge_best(tokens)) {
    }
    return tokens;
  }

  /// The bytes that a token stands for.
  std::string text(token t) const {
    if (t < 3) return "";
    std::string const& all = pieces_.at(t).text;
    if (auto const byte = byte_of(all)) return std::string(1, static_cast<char>(*byte));
    return all;
  }

  /// The text of some tokens, without the space that stands in front of the first word.
  std::string decode(std::vector<token> const& tokens) const {
    std::string all;
    bool begins = true;
    for (token const t : tokens) {
      std::string const next = text(t);
      all += begins && next.starts_with(' ') ? next.substr(1) : next;
      begins = t == begin_of_text;
    }
    return all;
  }

 private:
  static std::optional<unsigned> byte_of(std::string_view piece) {
    if (piece.size() != 6 || !piece.starts_with("<0x") || piece[5] != '>') return std::nullopt;
    unsigned byte = 0;
    for (char const c : piece.substr(3, 2)) {
      std::size_t const digit = std::string_view("0123456789ABCDEF").find(c);
      if (digit == std::string_view::npos) return std::nullopt;
      byte = 16 * byte + static_cast<unsigned>(digit);
    }
    return byte;
  }

  void add(std::string const& character, std::vector<token>& tokens) const {
    if (auto const found = tokens_.find(character); found != tokens_.end()) {
      tokens.push_back(found->second);
      return;
    }
    for (char const c : character) {
      auto const byte = bytes_.find(static_cast<unsigned char>(c));
      if (byte != bytes_.end()) tokens.push_back(byte->second);
    }
  }

  bool merge_best(std::vector<token>& tokens) const {
    std::size_t where = 0;
    std::optional<token> best;
    for (std::size_t k = 0; k + 1 < tokens.size(); ++k) {
      auto const found = tokens_.find(pieces_[tokens[k]].text + pieces_[tokens[k + 1]].text);
      if (found == tokens_.end()) continue;
      if (best && !(pieces_[*best].score < pieces_[found->second].score)) continue;
      best = found->second;
      where = k;
    }
    if (!best) return false;
    tokens[where] = *best;
    tokens.erase(tokens.begin() + static_cast<std::ptrdiff_t>(where) + 1);
    return true;
  }

  std::vector<piece> pieces_;
  std::unordered_map<std::string, token> tokens_{};
  std::unordered_map<unsigned, token> bytes_{};
};

}  // namespace story_model
