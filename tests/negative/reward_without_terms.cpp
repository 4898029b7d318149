// SPDX-License-Identifier: BSL-1.0
// refused: a_reward_has_at_least_one_term

#include <bellman/reflect/reward_terms.hpp>

#ifdef CONTROL
constexpr bellman::reflect::reward_terms reward(bellman::reflect::term<"size">([](int x) { return x; }));
#else
constexpr bellman::reflect::reward_terms reward{};
#endif
