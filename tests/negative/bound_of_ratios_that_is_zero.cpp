// SPDX-License-Identifier: BSL-1.0
// rule: a_bound_of_ratios_must_be_positive

#include <bellman/bellman.hpp>

#include <array>

#ifdef CONTROL
constexpr double bound = 1.0;
#else
constexpr double bound = 0.0;
#endif

constexpr std::array rewards{1.0, 1.0};
constexpr std::array values{0.5, 0.5};
constexpr std::array ratios{2.0, 0.5};
constexpr auto estimates =
    bellman::vtrace(rewards, values, ratios, bellman::terminated{}, {.gamma = 0.9, .clip_rho = bound});
