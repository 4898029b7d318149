// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <limits>

namespace bellman::test {

/// Stands where nothing may be read: whatever is computed from it is not a number either.
inline constexpr double unread = std::numeric_limits<double>::quiet_NaN();

}  // namespace bellman::test
