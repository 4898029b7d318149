// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/decision/action.hpp>
#include <bellman/decision/internal/answer.hpp>
#include <bellman/internal/verdict.hpp>
#include <bellman/probability/distribution.hpp>

namespace bellman {

namespace refused {

struct the_policy_cannot_be_called_with_a_state_type {};
struct the_policy_must_return_an_action_type_or_a_distribution_over_action_type {};

}  // namespace refused

namespace internal {

template <class P, class E>
consteval auto judge_policy() {
  if constexpr (!requires { typename answer_t<P, E>; }) {
    return refused::the_policy_cannot_be_called_with_a_state_type{};
  } else if constexpr (!answers_with_an_action<P, E> && !distribution_over<answer_t<P, E>, action_t<E>>) {
    return refused::the_policy_must_return_an_action_type_or_a_distribution_over_action_type{};
  } else {
    return accepted{};
  }
}

/// A policy for an environment.
template <class P, class E>
struct a_policy_for {
  using type = decltype(internal::judge_policy<P, E>());
};

}  // namespace internal

}  // namespace bellman
