// SPDX-License-Identifier: BSL-1.0
// refused: the_function_of_a_token_cannot_be_called_with_an_element_of_each_row

#include <bellman/loss/kl_estimate.hpp>
#include <bellman/loss/token_sum.hpp>

#include <vector>

std::vector const log_probs{-1.0, -2.0};
#ifdef CONTROL
auto const sum = bellman::token_sum(bellman::k1, log_probs, log_probs);
#else
auto const sum = bellman::token_sum(bellman::k1, log_probs);
#endif
