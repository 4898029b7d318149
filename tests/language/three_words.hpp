// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/language/vocabulary.hpp>

#include <array>
#include <string_view>

/// A language of three tokens, the last of which ends a sequence.
namespace bellman::test::three_words {

inline constexpr token stop = 2;
inline constexpr vocabulary words(std::array<std::string_view, 3>{"a", "b", "."}, stop);

}  // namespace bellman::test::three_words
