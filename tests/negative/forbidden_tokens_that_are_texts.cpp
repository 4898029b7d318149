// SPDX-License-Identifier: BSL-1.0
// refused: these_are_neither_tokens_nor_a_function_that_gives_tokens_for_a_context

#include <bellman/language/forbidden_tokens.hpp>

#include <array>

#ifdef CONTROL
constexpr bellman::forbidden_tokens rule{std::array{3, 4}};
#else
constexpr bellman::forbidden_tokens rule{std::array{"the", "a"}};
#endif
