// SPDX-License-Identifier: BSL-1.0
// refused: this_is_no_estimator_of_the_kl_of_these_log_probabilities

#include <bellman/language/kl_shaped_rewards.hpp>

#include <array>

constexpr std::array row{-1.0, -2.0};
#ifdef CONTROL
constexpr auto estimator = bellman::k2;
#else
constexpr double estimator = 2.0;
#endif

constexpr auto rewards = bellman::kl_shaped_rewards(row, row, row, 0.5, estimator);
