// SPDX-License-Identifier: BSL-1.0
// rule: a_priority_must_be_finite_and_not_negative

#include <bellman/experience/prioritised_replay.hpp>

#ifdef CONTROL
constexpr double priority = 0.0;
#else
constexpr double priority = -1.0;
#endif

constexpr std::size_t place = bellman::prioritised_replay<int>(3, 1.0).add(7, priority);
