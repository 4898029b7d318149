// SPDX-License-Identifier: BSL-1.0
// rule: a_logged_action_must_have_had_a_probability

#include <bellman/evaluation/importance_ratios.hpp>

#include <array>

#ifdef CONTROL
constexpr double behaviour = 0.5;
#else
constexpr double behaviour = 0.0;
#endif

constexpr auto ratios = bellman::importance_ratios(std::array{0.5}, std::array{behaviour});
