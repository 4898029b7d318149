// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/decision/environment.hpp>
#include <bellman/decision/internal/answer.hpp>
#include <bellman/decision/internal/checked_environment.hpp>
#include <bellman/decision/policy.hpp>
#include <bellman/internal/verdict.hpp>
#include <bellman/probability/distribution.hpp>
#include <bellman/scalar/field.hpp>
#include <bellman/scalar/internal/parts.hpp>
#include <bellman/scalar/internal/requirements.hpp>
#include <bellman/value/discount.hpp>

#include <concepts>
#include <type_traits>

namespace bellman {

namespace refused {

struct an_objective_needs_an_environment {};
struct an_objective_needs_rewards_that_are_numbers_or_vectors {};
struct an_objective_needs_probabilities_that_multiply_its_rewards {};
struct an_objective_needs_a_policy_for_its_environment {};
struct an_objective_needs_a_discount_of_its_rewards {};
struct this_environment_has_no_start_so_say_where_to_begin {};
struct an_objective_starts_from_a_state_or_a_distribution_over_states {};
struct a_policy_gradient_needs_probabilities_that_are_dual_numbers {};

}  // namespace refused

namespace internal {

template <class E>
concept rewards_are_numbers_or_vectors = std::integral<reward_t<E>> || vector_space_over<reward_t<E>>;

template <class Policy, class E>
concept weighs_rewards =
    deterministic_policy_for<Policy, E> || can_weigh<probability_t<answer_t<Policy, E>>, reward_t<E>>;

template <class G>
struct number_of_a_discount {
  using type = G;
};
template <class F>
struct number_of_a_discount<discount<F>> {
  using type = F;
};

template <class G, class R>
concept discounts_rewards =
    ordered_field<discount_scalar_t<scalar_t<R>, G>> && std::constructible_from < discount_scalar_t<scalar_t<R>, G>,
typename number_of_a_discount<G>::type const& >
    &&(std::integral<R> || requires(discount_scalar_t<scalar_t<R>, G> const& f, scalar_t<R> const& x) { f* x; });

/// A state that is said as one: no number with a fraction where states are integers.
template <class Start, class E>
concept a_state_of =
    std::convertible_to<Start const&, state_t<E>> && !(std::floating_point<Start> && std::integral<state_t<E>>);

template <class E, class Policy, class G, class... Start>
consteval auto judge_objective() {
  if constexpr (!environment<E>) {
    return refused::an_objective_needs_an_environment{};
  } else if constexpr (!rewards_are_numbers_or_vectors<E>) {
    return refused::an_objective_needs_rewards_that_are_numbers_or_vectors{};
  } else if constexpr (!can_weigh<probability_t<transition_t<E>>, reward_t<E>>) {
    return refused::an_objective_needs_probabilities_that_multiply_its_rewards{};
  } else if constexpr (!policy_for<Policy, E>) {
    return refused::an_objective_needs_a_policy_for_its_environment{};
  } else if constexpr (!weighs_rewards<Policy, E>) {
    return refused::an_objective_needs_probabilities_that_multiply_its_rewards{};
  } else if constexpr (!discounts_rewards<G, reward_t<E>>) {
    return refused::an_objective_needs_a_discount_of_its_rewards{};
  } else if constexpr (sizeof...(Start) == 0) {
    if constexpr (episodic_environment<E>) {
      return accepted{};
    } else {
      return refused::this_environment_has_no_start_so_say_where_to_begin{};
    }
  } else if constexpr (sizeof...(Start) == 1 && ((a_state_of<Start, E> || distribution_over<Start, state_t<E>>)&&...)) {
    return accepted{};
  } else {
    return refused::an_objective_starts_from_a_state_or_a_distribution_over_states{};
  }
}

/// An environment, a policy for it, a discount and, where the environment has no start, a state or a distribution.
template <class E, class Policy, class G, class... Start>
struct parts_of_an_objective {
  using type = decltype(internal::judge_objective<E, Policy, G, Start...>());
};

template <class E, class Policy>
consteval auto judge_dual_policy() {
  if constexpr (deterministic_policy_for<Policy, E>) {
    return refused::a_policy_gradient_needs_probabilities_that_are_dual_numbers{};
  } else if constexpr (!has_derivatives<probability_t<answer_t<Policy, E>>>) {
    return refused::a_policy_gradient_needs_probabilities_that_are_dual_numbers{};
  } else {
    return accepted{};
  }
}

template <class E, class Policy>
struct a_policy_with_derivatives {
  using type = decltype(internal::judge_dual_policy<E, Policy>());
};

}  // namespace internal

}  // namespace bellman
