// SPDX-License-Identifier: BSL-1.0
// refused: this_is_no_function_that_gives_the_logits_of_a_context

#include <bellman/language/language_policy.hpp>

#include <array>
#include <string>
#include <string_view>

bellman::vocabulary const words{std::array<std::string_view, 2>{"a", "."}, 1};
auto const logits = [](bellman::context const&) {
#ifdef CONTROL
  return std::array{0.0, 1.0};
#else
  return std::array<std::string, 2>{"0", "1"};
#endif
};

bellman::language_policy const policy{words, logits};
