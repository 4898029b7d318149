// SPDX-License-Identifier: BSL-1.0
#pragma once

namespace bellman {

/// `over_batch{function}`: a baseline or a scale, but of the statistics of all groups together.
///
/// *Arguments*: a baseline or a scale, which `group_advantages` then calls with those of the batch. Rows that belong to
/// no group take no part in them.
/// *Use*:
///     bellman::group_advantages{bellman::over_batch{bellman::group_mean{}}}(
///         std::vector<std::vector<double>>{{1, 3}, {5, 7}}) == std::vector<std::vector<double>>{{-3, -1}, {1, 3}}
template <class Function>
struct over_batch {
  Function function;
};
template <class Function>
over_batch(Function) -> over_batch<Function>;

}  // namespace bellman
