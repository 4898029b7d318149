// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/estimation/estimator.hpp>
#include <bellman/estimation/estimator_fn.hpp>
#include <bellman/estimation/internal/terms.hpp>

namespace bellman {

namespace detail {

struct tree_backup_estimator : internal::terms_of_traces {
  using columns =
      bellman::columns<value_column<"values">, value_column<"action values">, scalar_column<"probabilities">>;
};

}  // namespace detail

/// `tree_backup(rewards, state_values, action_values, probabilities, steps, p)`: the off-policy returns with the traces
/// `lambda pi(A_t | S_t)`, which need not know what policy acted.
///
/// *Arguments*: as `off_policy_returns`, with the target policy's probabilities of the actions taken for traces.
/// *Errors*: as `off_policy_returns`.
/// *Cost*: O(n); nothing is allocated but the result.
/// *Laws*: tests/laws/off_policy_laws.cpp.
/// *Source*: Precup et al. 2000; Munos et al. 2016, section 2.
/// *Use*:
///     bellman::tree_backup(std::array{1.0, 2.0}, std::array{3.0, 4.0}, std::array{3.0, 5.0}, std::array{1.0, 0.5},
///                          bellman::terminated{}, {.gamma = 0.5, .lambda = 1}) == std::array{2.25, 2.0}
inline constexpr estimator_fn<detail::tree_backup_estimator> tree_backup{};

/// `tree_backup_in<V, Order>`: the same, computed in V and in the order named.
template <class V = deduced, class Order = deduced>
inline constexpr estimator_fn<detail::tree_backup_estimator, V, Order> tree_backup_in{};

}  // namespace bellman
