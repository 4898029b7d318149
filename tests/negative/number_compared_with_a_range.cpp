// SPDX-License-Identifier: BSL-1.0
// refused: what_is_compared_are_two_numbers_or_two_ranges_of_numbers

#include <bellman/scalar/approx_equal.hpp>

#include <array>

#ifdef CONTROL
constexpr std::array expected{1.0};
#else
constexpr double expected = 1.0;
#endif

static_assert(bellman::approx_equal(std::array{1.0}, expected, 1e-9));
