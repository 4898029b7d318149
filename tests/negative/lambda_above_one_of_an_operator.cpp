// SPDX-License-Identifier: BSL-1.0
// rule: lambda_must_lie_between_zero_and_one

#include <bellman/bellman.hpp>

#include "../models/two_state_cycle.hpp"

#ifdef CONTROL
constexpr double lambda = 0.5;
#else
constexpr double lambda = 1.5;
#endif

constexpr auto lambda_of = [] {
  return bellman::bellman_lambda(models::two_state_cycle<double>{}, [](int) { return 1; }, 0.5, lambda).lambda();
}();
