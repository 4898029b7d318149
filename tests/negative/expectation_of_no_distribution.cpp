// SPDX-License-Identifier: BSL-1.0
// refused: a_distribution_is_a_range_of_elements_with_a_value_and_a_probability

#include <bellman/bellman.hpp>

#ifdef CONTROL
constexpr std::array coin{bellman::weighted{1, 0.5}, bellman::weighted{2, 0.5}};
#else
constexpr std::array coin{1, 2};
#endif

constexpr auto mean = [] { return bellman::expectation(coin, [](int x) { return double(x); }); }();
