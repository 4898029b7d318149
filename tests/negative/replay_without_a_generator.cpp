// SPDX-License-Identifier: BSL-1.0
// refused: this_is_no_uniform_random_bit_generator

#include <bellman/experience/replay_buffer.hpp>

#include <random>

#ifdef CONTROL
using generator = std::mt19937;
#else
using generator = unsigned;
#endif

auto draw(bellman::replay_buffer<int> const& buffer, generator& g) { return buffer.draw(2, g); }
