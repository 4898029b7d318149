// SPDX-License-Identifier: BSL-1.0
// refused: two_terms_of_a_reward_have_one_name

#include <bellman/reflect/reward_terms.hpp>

using bellman::reflect::term;

constexpr auto one = [](int) { return 1.0; };

#ifdef CONTROL
constexpr bellman::reflect::reward_terms reward(term<"right">(one), term<"format">(0.1, one));
#else
constexpr bellman::reflect::reward_terms reward(term<"right">(one), term<"right">(0.1, one));
#endif
