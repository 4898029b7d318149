// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/decision/ending.hpp>
#include <bellman/decision/environment.hpp>
#include <bellman/internal/verdict.hpp>
#include <bellman/scalar/arithmetic.hpp>
#include <bellman/scalar/field.hpp>
#include <bellman/scalar/internal/parts.hpp>
#include <bellman/scalar/internal/requirements.hpp>
#include <bellman/value/certainty_equivalent.hpp>
#include <bellman/value/discount.hpp>

#include <concepts>
#include <type_traits>
#include <utility>

namespace bellman {

namespace refused {

struct the_value_function_cannot_be_called_with_a_state_type {};
struct the_value_function_must_return_what_can_be_added_to_a_reward {};
struct the_best_action_needs_values_with_an_order_and_not_vectors_of_rewards {};
struct the_soft_operator_needs_exp_and_log_which_no_exact_number_has {};
struct the_temperature_must_be_a_number {};
struct an_ending_is_terminated_or_truncated_with_the_value_of_the_state_after_it {};
struct a_truncated_episode_needs_the_value_of_the_state_after_it_in_braces {};
struct the_value_after_a_truncated_episode_must_convert_to_a_value {};

}  // namespace refused

namespace internal {

// What is asked of an environment takes one for granted: it stands behind `an_environment<E>`.

template <class V, class E>
consteval auto judge_value_function() {
  if constexpr (!requires(V const& v, state_t<E> const& s) { v(s); }) {  // of members std::invocable would say more
    return refused::the_value_function_cannot_be_called_with_a_state_type{};
  } else {
    using W = std::remove_cvref_t<decltype(std::declval<V const&>()(std::declval<state_t<E> const&>()))>;
    if constexpr (!number_or_vector<W>) {
      return refused::the_value_function_must_return_what_can_be_added_to_a_reward{};
    } else if constexpr (!std::is_invocable_v<decltype(sum), reward_t<E>, W>) {
      return refused::the_value_function_must_return_what_can_be_added_to_a_reward{};
    } else {
      return accepted{};
    }
  }
}

/// A value function of an environment: a callable of a state.
template <class V, class E>
struct a_value_function_of {
  using type = decltype(internal::judge_value_function<V, E>());
};

/// Whether rewards or values of type `V` have an order, so that there is a best action.
template <class V>
concept have_an_order = std::is_arithmetic_v<V> || only_stored<V> || ordered_field<V>;

/// An environment whose rewards have an order.
template <class E>
struct rewards_with_an_order {
  using type = typename rule<have_an_order<reward_t<E>>,
                             refused::the_best_action_needs_values_with_an_order_and_not_vectors_of_rewards>::type;
};

/// A discount for the rewards of an environment.
template <class G, class E>
struct a_discount_of {
  using type = typename a_discount_for<G, reward_t<E>>::type;
};

template <class F, class E>
consteval auto judge_temperature() {
  if constexpr (!number<F>) {
    return refused::the_temperature_must_be_a_number{};
  } else if constexpr (exact_scalar<discount_scalar_t<scalar_t<reward_t<E>>, F>>) {
    return refused::the_soft_operator_needs_exp_and_log_which_no_exact_number_has{};
  } else {
    return accepted{};
  }
}

/// A temperature for the rewards of an environment.
template <class F, class E>
struct a_temperature_of {
  using type = decltype(internal::judge_temperature<F, E>());
};

/// What combines the outcomes of an action of an environment: all but the mean compare them.
template <class C, class E>
struct a_certainty_equivalent_in
    : every<a_certainty_equivalent<C>,
            std::conditional_t<std::is_same_v<C, expected_outcome>, every<>, rewards_with_an_order<E>>> {};

template <class Ending, class V>
inline constexpr auto verdict_on_ending =
    refused::an_ending_is_terminated_or_truncated_with_the_value_of_the_state_after_it{};
template <class V>
inline constexpr auto verdict_on_ending<terminated, V> = accepted{};
template <class V>
inline constexpr auto verdict_on_ending<truncated<>, V> =
    refused::a_truncated_episode_needs_the_value_of_the_state_after_it_in_braces{};
template <class X, class V>
concept converts_to_a_value =
    number_or_vector<X> && (!std::integral<V> || std::integral<X>) && requires(X const& x) { static_cast<V>(x); };
template <class X, class V>
inline constexpr auto verdict_on_ending<truncated<X>, V> =
    typename rule<converts_to_a_value<X, V>, refused::the_value_after_a_truncated_episode_must_convert_to_a_value>::
        type{};

/// How an episode of values V ends.
template <class Ending, class V>
struct an_ending_of {
  using type = std::remove_const_t<decltype(verdict_on_ending<Ending, V>)>;
};

}  // namespace internal

}  // namespace bellman
