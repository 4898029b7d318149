// SPDX-License-Identifier: BSL-1.0
// refused: this_rule_needs_the_context_before_the_logits

#include <bellman/language/presence_penalty.hpp>

#include <array>

#ifdef CONTROL
constexpr auto logits = bellman::presence_penalty{0.5}(bellman::context{}, std::array{0.5, 2.0});
#else
constexpr auto logits = bellman::presence_penalty{0.5}(std::array{0.5, 2.0});
#endif
