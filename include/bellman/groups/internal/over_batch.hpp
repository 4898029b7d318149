// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/groups/over_batch.hpp>

namespace bellman::internal {

/// Whether a baseline or a scale is one `over_batch`.
template <class Function>
inline constexpr bool takes_batch = false;
template <class Function>
inline constexpr bool takes_batch<over_batch<Function>> = true;

/// `function_of(f)`: what of a baseline or a scale is called, and `statistics_for<F>(group, batch)`: with which
/// statistics. Two functions and not one that calls, so that a refusal is not read through it.
template <class Function>
constexpr Function const& function_of(Function const& f) {
  return f;
}
template <class Function>
constexpr Function const& function_of(over_batch<Function> const& f) {
  return f.function;
}
template <class Function, class Group, class Batch>
constexpr auto const& statistics_for(Group const& group, Batch const& batch) {
  if constexpr (takes_batch<Function>) {
    return batch;
  } else {
    return group;
  }
}

}  // namespace bellman::internal
