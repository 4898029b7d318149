// SPDX-License-Identifier: BSL-1.0
// refused: this_is_no_uniform_random_bit_generator

#include <bellman/bellman.hpp>

#include <random>

#ifdef CONTROL
using generator = std::mt19937;
#else
using generator = double;
#endif

int draw(generator& g) { return bellman::sample(bellman::dirac{1}, g); }
