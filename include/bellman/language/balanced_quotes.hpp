// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>
#include <string_view>

namespace bellman {

/// `balanced_quotes{}(text)`: whether what is opened is closed: an even number of `"`, and every U+201C closed by a
/// U+201D behind it, and none by more.
///
/// Apostrophes and single quotes are not looked at. A text without quotes is balanced.
///
/// *Arguments*: a text in UTF-8; bytes that are none are no quotes.
/// *Cost*: O(length).
/// *Use*:
///     bellman::balanced_quotes{}("\"Yes\", she said.") && !bellman::balanced_quotes{}("\"Yes, she said.")
struct balanced_quotes {
  constexpr bool operator()(std::string_view text) const {
    bool open = false;
    std::size_t depth = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
      if (text[i] == '"') open = !open;
      if (text.substr(i, 3) == "\xE2\x80\x9C") ++depth;
      if (text.substr(i, 3) == "\xE2\x80\x9D" && depth-- == 0) return false;
    }
    return !open && depth == 0;
  }
};

}  // namespace bellman
