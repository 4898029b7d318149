// SPDX-License-Identifier: BSL-1.0
// rule: top_k_must_keep_a_token

#include <bellman/language/top_k.hpp>

#ifdef CONTROL
constexpr int k = 1;
#else
constexpr int k = 0;
#endif

constexpr bellman::top_k rule{k};
