// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/groups/baseline.hpp>
#include <bellman/groups/group_advantages.hpp>
#include <bellman/probability/spread.hpp>

namespace bellman::test {

inline constexpr group_advantages centred{group_mean{}};
inline constexpr group_advantages left_out{leave_one_out{}};
inline constexpr group_advantages normalised{group_mean{}, standard_deviation{}};

}  // namespace bellman::test
