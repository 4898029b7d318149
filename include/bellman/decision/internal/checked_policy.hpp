// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/decision/environment.hpp>
#include <bellman/decision/internal/answer.hpp>
#include <bellman/decision/internal/checked_environment.hpp>
#include <bellman/decision/policy.hpp>
#include <bellman/internal/refused.hpp>
#include <bellman/probability/distribution.hpp>

namespace bellman::internal {

template <class P, class E>
consteval bool check_policy() {
  if constexpr (!environment<E>) {
    return false;  // of which `checked_environment` tells
  } else if constexpr (!requires { typename answer_t<P, E>; }) {
    static_assert(refused<P, E>, "bellman: the policy cannot be called with the environment's state_type");
  } else if constexpr (!policy_for<P, E>) {
    static_assert(refused<P, E>,
                  "bellman: policy(state) must return an action_type or a distribution over action_type");
  }
  return policy_for<P, E>;
}

/// `policy_for<P, E>`; where it does not hold, a `static_assert` says what is missing.
template <class P, class E>
inline constexpr bool checked_policy = internal::check_policy<P, E>();

template <class P, class E>
consteval bool check_policy_weights() {
  if constexpr (policy_for<P, E>) {
    if constexpr (stochastic_policy_for<P, E>) {
      constexpr bool weighs = can_weigh<probability_t<answer_t<P, E>>, reward_t<E>>;
      if constexpr (!weighs) {
        static_assert(refused<P, E>,
                      "bellman: the policy's probabilities cannot be multiplied with the environment's reward_type: "
                      "exact rewards need exact probabilities");
      }
      return weighs;
    } else {
      return true;
    }
  }
  return false;
}

/// `policy_for<P, E>` whose probabilities can weigh the rewards of `E`; where that does not hold, a `static_assert`
/// says why.
template <class P, class E>
inline constexpr bool checked_policy_weights = internal::check_policy<P, E>() && internal::check_policy_weights<P, E>();

}  // namespace bellman::internal
