// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <type_traits>

namespace bellman::internal {

/// A mask that holds nowhere, so that what it would select is not computed; a column that is not there.
struct nowhere : std::false_type {};

/// Whether the mask of one step holds.
constexpr bool holds(bool mask) { return mask; }
constexpr bool holds(nowhere) { return false; }

}  // namespace bellman::internal
