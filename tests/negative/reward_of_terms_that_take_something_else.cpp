// SPDX-License-Identifier: BSL-1.0
// refused: a_term_of_the_reward_does_not_answer_these_arguments_with_a_number

#include <bellman/reflect/reward_terms.hpp>

#include <string_view>

using bellman::reflect::term;

constexpr bellman::reflect::reward_terms reward(term<"long">([](std::string_view text) { return text.size() > 3; }),
                                                term<"size">(-0.5, [](std::string_view text) { return text.size(); }));

#ifdef CONTROL
constexpr double paid = reward("text");
#else
constexpr double paid = reward(4);
#endif
