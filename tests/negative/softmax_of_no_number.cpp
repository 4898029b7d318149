// SPDX-License-Identifier: BSL-1.0
// rule: logits_must_be_numbers_below_infinity

#include <bellman/bellman.hpp>

#ifdef CONTROL
constexpr double logit = 1e4;
#else
constexpr double logit = std::numeric_limits<double>::quiet_NaN();
#endif

constexpr auto chances = bellman::softmax(std::array{logit, 2.0});
