// SPDX-License-Identifier: BSL-1.0
// rule: values_must_be_finite

#include <bellman/groups/group_methods.hpp>

#include <limits>

#ifdef CONTROL
constexpr double unknown = 0.5;
#else
constexpr double unknown = std::numeric_limits<double>::quiet_NaN();
#endif

constexpr std::array rewards{1.0, unknown, 0.0};
constexpr auto advantages = bellman::grpo(rewards);
