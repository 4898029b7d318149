// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/decision/environment.hpp>
#include <bellman/decision/internal/a_policy.hpp>
#include <bellman/decision/internal/answer.hpp>
#include <bellman/decision/policy.hpp>
#include <bellman/internal/stands_for.hpp>
#include <bellman/internal/verdict.hpp>
#include <bellman/probability/distribution.hpp>
#include <bellman/probability/internal/requirements.hpp>
#include <bellman/probability/sample.hpp>
#include <bellman/probability/weight.hpp>
#include <bellman/scalar/internal/requirements.hpp>

namespace bellman {

namespace refused {

struct reward_type_must_be_a_number_or_a_vector_with_sums_and_products {};
struct the_probabilities_of_the_transition_cannot_weigh_a_reward_type_and_exact_rewards_need_exact_ones {};
struct the_probabilities_of_the_policy_cannot_weigh_a_reward_type_and_exact_rewards_need_exact_ones {};
struct this_is_no_state_of_the_environment {};
struct this_is_no_action_of_the_environment {};
struct this_is_no_distribution_over_the_states_of_the_environment {};
struct this_is_neither_a_state_nor_a_distribution_over_states {};
struct the_environment_has_no_distribution_of_states_to_start_in {};

}  // namespace refused

namespace internal {

// Each takes an environment for granted: it stands behind `an_environment<E>`.

template <class E>
consteval auto judge_rewards() {
  if constexpr (!number_or_vector<reward_t<E>>) {
    return refused::reward_type_must_be_a_number_or_a_vector_with_sums_and_products{};
  } else if constexpr (!can_weigh<probability_t<transition_t<E>>, reward_t<E>>) {
    return refused::the_probabilities_of_the_transition_cannot_weigh_a_reward_type_and_exact_rewards_need_exact_ones{};
  } else {
    return accepted{};
  }
}

/// An environment whose rewards have a mean: they are numbers or vectors, and its probabilities can weigh them. To
/// sample no mean is needed.
template <class E>
struct rewards_with_a_mean {
  using type = decltype(internal::judge_rewards<E>());
};

template <class P, class E>
consteval auto judge_weighing_policy() {
  if constexpr (!policy_for<P, E>) {
    return internal::judge_policy<P, E>();
  } else if constexpr (stochastic_policy_for<P, E>) {
    return typename rule<
        can_weigh<probability_t<answer_t<P, E>>, reward_t<E>>,
        refused::the_probabilities_of_the_policy_cannot_weigh_a_reward_type_and_exact_rewards_need_exact_ones>::type{};
  } else {
    return accepted{};
  }
}

/// A policy for an environment whose probabilities can weigh its rewards.
template <class P, class E>
struct a_policy_of_means_for {
  using type = decltype(internal::judge_weighing_policy<P, E>());
};

template <class P, class E>
consteval auto judge_policy_to_sample() {
  if constexpr (stochastic_policy_for<P, E>) {
    return typename a_distribution_to_sample<answer_t<P, E>>::type{};
  } else {
    return internal::judge_policy<P, E>();
  }
}

/// A policy for an environment that actions can be drawn from.
template <class P, class E>
struct a_policy_to_sample {
  using type = decltype(internal::judge_policy_to_sample<P, E>());
};

/// An environment whose outcomes can be drawn.
template <class E>
struct transitions_to_sample {
  using type = typename a_distribution_to_sample<transition_t<E>>::type;
};

/// The type of an environment's states, for an argument in braces; where there is none, something that is no state.
template <class E>
struct state_argument {
  struct type {};
};
template <names_its_types E>
struct state_argument<E> {
  using type = state_t<E>;
};
template <class E>
using state_argument_t = typename state_argument<E>::type;

/// Whether a value names a state.
template <class S, class E>
concept names_a_state = stands_for<S, state_t<E>>;

template <class S, class E>
using a_state_of = rule<names_a_state<S, E>, refused::this_is_no_state_of_the_environment>;

template <class A, class E>
using an_action_of = rule<stands_for<A, action_t<E>>, refused::this_is_no_action_of_the_environment>;

template <class D, class E>
using a_distribution_over_states_of =
    rule<distribution_over<D, state_t<E>>, refused::this_is_no_distribution_over_the_states_of_the_environment>;

/// An environment whose episodes begin by chance.
template <class E>
using a_start = rule<episodic_environment<E>, refused::the_environment_has_no_distribution_of_states_to_start_in>;

}  // namespace internal

}  // namespace bellman
