// SPDX-License-Identifier: BSL-1.0
#pragma once

namespace bellman::internal {

/// Whether what stands beside the rewards of a group method's answers are no numbers but ids, which are only compared.
template <class Method>
inline constexpr bool columns_are_ids = false;

}  // namespace bellman::internal
