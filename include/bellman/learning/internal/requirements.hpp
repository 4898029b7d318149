// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/decision/environment.hpp>
#include <bellman/decision/internal/requirements.hpp>
#include <bellman/decision/policy.hpp>
#include <bellman/internal/verdict.hpp>
#include <bellman/probability/distribution.hpp>
#include <bellman/scalar/internal/parts.hpp>

namespace bellman {

namespace refused {

struct the_policy_must_have_probabilities_that_are_dual_numbers {};

}  // namespace refused

namespace internal {

// Each takes an environment for granted: it stands behind `an_environment<E>`.

/// Where episodes begin: in a state, in a distribution over states, or as the environment says.
template <class E, class... Start>
struct a_beginning_of {
  using type = refused::this_is_neither_a_state_nor_a_distribution_over_states;
};
template <class E>
struct a_beginning_of<E> : a_start<E> {};
template <class E, class Start>
struct a_beginning_of<E, Start> {
  using type = typename rule<(names_a_state<Start, E> || distribution_over<Start, state_t<E>>),
                             refused::this_is_neither_a_state_nor_a_distribution_over_states>::type;
};

/// A policy whose probabilities carry derivatives; it is one of means for the environment.
template <class P, class E>
inline constexpr bool has_probabilities_with_derivatives = false;
template <class P, class E>
  requires stochastic_policy_for<P, E>
inline constexpr bool has_probabilities_with_derivatives<P, E> = has_derivatives<probability_t<answer_t<P, E>>>;

template <class P, class E>
struct a_policy_with_derivatives_for {
  using type = typename rule<has_probabilities_with_derivatives<P, E>,
                             refused::the_policy_must_have_probabilities_that_are_dual_numbers>::type;
};

}  // namespace internal

}  // namespace bellman
