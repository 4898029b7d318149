// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <limits>

namespace bellman::test {

inline constexpr double infinity = std::numeric_limits<double>::infinity();

}  // namespace bellman::test
