// SPDX-License-Identifier: BSL-1.0
#pragma once

namespace bellman::internal {

/// False: the condition of a `static_assert` in a branch that is not taken when all is well. Were it the concept that
/// is not met, the compiler would take the concept apart after the message, and its answer would not be read.
template <class...>
inline constexpr bool refused = false;

}  // namespace bellman::internal
