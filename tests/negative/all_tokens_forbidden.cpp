// SPDX-License-Identifier: BSL-1.0
// rule: a_token_must_be_left_to_sample

#include <bellman/language/forbidden_tokens.hpp>

#include <array>

#ifdef CONTROL
constexpr std::array forbidden{0};
#else
constexpr std::array forbidden{0, 1};
#endif

constexpr auto logits = bellman::forbidden_tokens{forbidden}(std::array{0.5, 2.0});
