// SPDX-License-Identifier: BSL-1.0
// refused: minibatches_are_of_a_number_of_places_or_of_a_range_of_places

#include <bellman/bellman.hpp>
#include <bellman/experience/minibatches.hpp>

#include <random>
#include <vector>

#ifdef CONTROL
using places = std::vector<int>;
#else
using places = std::vector<double>;
#endif

auto drawn(places const& all, std::mt19937& urbg) { return bellman::minibatches(all, 8, urbg); }
