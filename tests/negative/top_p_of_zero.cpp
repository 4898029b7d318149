// SPDX-License-Identifier: BSL-1.0
// rule: a_share_of_probability_must_be_above_zero_and_at_most_one

#include <bellman/language/top_p.hpp>

#ifdef CONTROL
constexpr double p = 1.0;
#else
constexpr double p = 0.0;
#endif

constexpr bellman::top_p rule{p};
