// SPDX-License-Identifier: BSL-1.0
// expect: two parts of a batch have a common mean only if both count the same

#include <bellman/loss/scope.hpp>

constexpr bellman::batch_mean<bellman::token_mean, double> tokens{3.0, 2};
#ifdef CONTROL
constexpr bellman::batch_mean<bellman::token_mean, double> others{1.0, 1};
#else
constexpr bellman::batch_mean<bellman::sequence_mean, double> others{1.0, 1};
#endif

constexpr double mean = (tokens + others).value();
