// SPDX-License-Identifier: BSL-1.0
// refused: this_is_no_function_that_gives_the_logits_of_a_context

#include <bellman/language/top_p.hpp>
#include <bellman/language/with_rules.hpp>

#include <array>

constexpr auto model = [](bellman::context const&) { return std::array{0.5, 2.0}; };

#ifdef CONTROL
constexpr auto logits = bellman::with_rules(model, bellman::top_p{0.9});
#else
constexpr auto logits = bellman::with_rules(std::array{0.5, 2.0}, bellman::top_p{0.9});
#endif
