// SPDX-License-Identifier: BSL-1.0
// refused: a_rule_of_texts_is_called_with_a_text

#include <bellman/language/answer_text.hpp>
#include <bellman/language/vocabulary.hpp>

#include <array>
#include <string_view>

constexpr bellman::vocabulary words{std::array<std::string_view, 2>{"a", "."}, 1};

#ifdef CONTROL
constexpr auto rule = bellman::of_answer(words, [](std::string_view text) { return text.empty(); });
#else
constexpr auto rule = bellman::of_answer(words, [](int length) { return length == 0; });
#endif
