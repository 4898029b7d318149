// SPDX-License-Identifier: BSL-1.0
// rule: a_discount_must_lie_between_zero_and_one

#include <bellman/bellman.hpp>

#ifdef CONTROL
constexpr double gamma_ = 0.9;
#else
constexpr double gamma_ = 1.1;
#endif

constexpr double g = bellman::discounted_return(std::array{0.0, 0.0, 1.0}, gamma_);
