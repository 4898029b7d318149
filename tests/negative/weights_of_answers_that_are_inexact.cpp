// SPDX-License-Identifier: BSL-1.0
// refused: weights_must_be_numbers_of_the_kind_of_the_rewards

#include <bellman/groups/opo.hpp>
#include <bellman/interop/boost_rational.hpp>

#include <vector>

#ifdef CONTROL
std::vector const lengths{3, 5};
#else
std::vector const lengths{3.0, 5.0};
#endif
std::vector const rewards{bellman::rational(1), bellman::rational(0)};
auto const advantages = bellman::opo(rewards, lengths);
