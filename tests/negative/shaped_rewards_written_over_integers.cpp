// SPDX-License-Identifier: BSL-1.0
// refused: what_is_computed_here_is_no_integer_and_the_output_must_not_be_one_either

#include <bellman/language/token_rewards.hpp>

#include <vector>

std::vector const rewards{0, 1, 1};
#ifdef CONTROL
std::vector<double> out(3);
#else
std::vector<int> out(3);
#endif

auto const end = bellman::kl_shaped_rewards(rewards, rewards, rewards, 0.5, out.begin());
