// SPDX-License-Identifier: BSL-1.0
// refused: parts_of_a_batch_of_two_scopes_have_no_common_mean

#include <bellman/loss/scope.hpp>

constexpr bellman::batch_mean<bellman::token_mean, double> tokens{3.0, 2};
#ifdef CONTROL
constexpr bellman::batch_mean<bellman::token_mean, double> others{1.0, 1};
#else
constexpr bellman::batch_mean<bellman::sequence_mean, double> others{1.0, 1};
#endif

constexpr double mean = (tokens + others).value();
