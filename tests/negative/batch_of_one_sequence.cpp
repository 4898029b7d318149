// SPDX-License-Identifier: BSL-1.0
// refused: a_batch_is_a_range_of_sequences_each_a_range_of_numbers

#include <bellman/loss/mean_over.hpp>

#include <array>

constexpr std::array<double, 2> sequence{1.0, 2.0};
#ifdef CONTROL
constexpr std::array<std::array<double, 2>, 1> batch{sequence};
#else
constexpr auto batch = sequence;
#endif

constexpr double mean = bellman::mean_over(batch, bellman::token_mean{}).value();
