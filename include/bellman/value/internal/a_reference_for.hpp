// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/decision/internal/requirements.hpp>
#include <bellman/internal/verdict.hpp>
#include <bellman/value/choice.hpp>

namespace bellman::internal {

/// The reference of a soft choice: a policy, or all actions alike.
template <class Policy, class E>
struct a_reference_for : a_policy_of_means_for<Policy, E> {};
template <class E>
struct a_reference_for<uniform_over_actions, E> {
  using type = accepted;
};

}  // namespace bellman::internal
