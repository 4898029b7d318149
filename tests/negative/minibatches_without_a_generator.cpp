// SPDX-License-Identifier: BSL-1.0
// refused: this_is_no_uniform_random_bit_generator

#include <bellman/experience/minibatches.hpp>

#include <random>

#ifdef CONTROL
using generator = std::mt19937;
#else
using generator = unsigned;
#endif

auto draw(generator& g) { return bellman::minibatches(10, 2, g); }
