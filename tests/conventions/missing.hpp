// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <limits>

namespace bellman::test {

/// Stands in a table where a number is missing.
inline constexpr double missing = std::numeric_limits<double>::quiet_NaN();

}  // namespace bellman::test
