// SPDX-License-Identifier: BSL-1.0
// refused: a_term_of_a_reward_is_a_function_that_gives_a_number

#include <bellman/reflect/reward_terms.hpp>

using bellman::reflect::term;

#ifdef CONTROL
constexpr auto right = term<"right">(0.5, [](int) { return 1.0; });
#else
constexpr auto right = term<"right">(0.5, 1.0);
#endif
