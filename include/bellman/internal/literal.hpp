// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>

namespace bellman::internal {

/// A text as an argument of a template. The last character of the array is the closing zero.
template <std::size_t Size>
struct literal {
  char characters[Size];

  consteval literal(char const (&text)[Size]) {
    for (std::size_t i = 0; i < Size; ++i) characters[i] = text[i];
  }
};

}  // namespace bellman::internal
