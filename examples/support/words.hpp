// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "characters.hpp"

#include <cstddef>
#include <string_view>

// GPT-2 first cuts a text into words, and never merges over their ends. Its pattern, in the syntax of regular
// expressions, takes the first of these alternatives that fits:
//
//     's|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+
namespace support {

namespace detail {

struct character {
  character_class kind;
  std::size_t bytes;
};

// The character that a text, which must not be empty, begins with. Of a text that is no UTF-8, a byte that begins no
// character is a character of its own, neither letter nor number nor space.
constexpr character first_character(std::string_view text) {
  auto const byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  unsigned const lead = byte(0);
  if (lead < 0x80) return {class_of(lead), 1};
  std::size_t const bytes = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
  if (lead < 0xC2 || lead > 0xF4 || text.size() < bytes) return {character_class::other, 1};
  char32_t c = lead & (0xFFu >> (bytes + 1));
  for (std::size_t i = 1; i < bytes; ++i) {
    if ((byte(i) & 0xC0) != 0x80) return {character_class::other, 1};
    c = c << 6 | (byte(i) & 0x3Fu);
  }
  return {class_of(c), bytes};
}

// The size of the longest run of characters of one class from `from` on.
constexpr std::size_t run_of(character_class kind, std::string_view text, std::size_t from) {
  std::size_t end = from;
  while (end < text.size()) {
    auto const c = first_character(text.substr(end));
    if (c.kind != kind) break;
    end += c.bytes;
  }
  return end - from;
}

constexpr std::size_t size_of_spaces(std::string_view text) {
  std::size_t end = 0, last = 0;
  while (end < text.size()) {
    auto const c = first_character(text.substr(end));
    if (c.kind != character_class::space) break;
    last = c.bytes;
    end += c.bytes;
  }
  // What follows the spaces is given the last of them, unless it is the only one.
  return end == text.size() || end == last ? end : end - last;
}

constexpr std::size_t size_of_first_word(std::string_view text) {
  for (std::string_view const ending : {"'s", "'t", "'re", "'ve", "'m", "'ll", "'d"}) {
    if (text.starts_with(ending)) return ending.size();
  }
  std::size_t const space = text.size() > 1 && text[0] == ' ' ? 1 : 0;
  auto const kind = first_character(text.substr(space)).kind;
  if (kind == character_class::space) return size_of_spaces(text);
  return space + run_of(kind, text, space);
}

}  // namespace detail

/// Takes the first word from a text that is not empty.
constexpr std::string_view take_word(std::string_view& text) {
  auto const word = text.substr(0, detail::size_of_first_word(text));
  text.remove_prefix(word.size());
  return word;
}

}  // namespace support
