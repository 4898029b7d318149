// SPDX-License-Identifier: BSL-1.0
// rule: numbers_must_be_absolutely_close

#include <bellman/scalar/approx_equal.hpp>

#include <array>

#ifdef CONTROL
constexpr std::array found{0.0, 1e-12};
#else
constexpr std::array found{0.0, 1e-3};
#endif

static_assert(bellman::must_be_absolutely_close(found, std::array{0, 0}, 1e-9));
