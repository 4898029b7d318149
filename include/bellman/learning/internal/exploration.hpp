// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/decision/environment.hpp>
#include <bellman/decision/internal/an_environment.hpp>
#include <bellman/decision/internal/environment_over.hpp>
#include <bellman/internal/array_of.hpp>
#include <bellman/internal/verdict.hpp>
#include <bellman/scalar/as_number.hpp>
#include <bellman/scalar/field.hpp>
#include <bellman/value/advantage.hpp>
#include <bellman/value/internal/requirements.hpp>
#include <bellman/value/internal/rules.hpp>

#include <cstddef>
#include <ranges>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

namespace bellman {

namespace refused {

struct a_share_of_explored_actions_is_a_number_with_an_order {};

}  // namespace refused

namespace internal {

// Each takes an environment for granted: it stands behind `an_environment<E>`.

/// What an action value answers with.
template <class Q, class E>
using action_value_t = std::remove_cvref_t<decltype(std::declval<Q const&>()(std::declval<state_t<E> const&>(),
                                                                             std::declval<action_t<E> const&>()))>;

template <class Q, class E>
consteval auto judge_action_value() {
  if constexpr (!requires { typename action_value_t<Q, E>; }) {
    return refused::an_action_value_is_a_callable_of_a_state_and_an_action{};
  } else {
    return typename rule<(number<action_value_t<Q, E>> && have_an_order<action_value_t<Q, E>>),
                         refused::the_best_action_needs_values_with_an_order_and_not_vectors_of_rewards>::type{};
  }
}

/// An action value of an environment among which there is a largest: a callable of a state and an action.
template <class Q, class E>
struct an_action_value_of {
  using type = decltype(internal::judge_action_value<Q, E>());
};

/// The numbers in which action values are computed with.
template <class Q, class E>
using action_value_number_t = number_t<action_value_t<Q, E>>;

/// How a policy holds the environment that it was given, or nothing where there is none.
template <class E>
struct held_environment_of {
  using type = std::type_identity<E>;
};
template <class E>
requires environment<environment_argument_t<E>>
struct held_environment_of<E> {
  using type = std::remove_cvref_t<decltype(internal::held_environment(std::declval<E>()))>;
};
template <class E>
using held_environment_t = typename held_environment_of<E>::type;

/// `each_action(env, s, make)`: what `make` makes of each action of a state, in a `std::array` where the actions stand
/// in one, else in a `std::vector`.
template <environment E, class Make>
constexpr auto each_action(E const& env, state_t<E> const& s, Make const& make) {
  auto&& actions = env.actions(s);
  using Actions = std::remove_cvref_t<decltype(actions)>;
  if (std::ranges::empty(actions)) internal::a_state_that_is_not_terminal_needs_an_action(s);
  if constexpr (is_std_array<Actions>) {
    return internal::array_of<std::tuple_size_v<Actions>>(
        [&](std::size_t place) { return make(static_cast<action_t<E>>(actions[place])); });
  } else {
    std::vector<decltype(make(std::declval<action_t<E>>()))> made;
    if constexpr (std::ranges::sized_range<Actions>) made.reserve(static_cast<std::size_t>(std::ranges::size(actions)));
    for (auto&& a : actions) made.push_back(make(static_cast<action_t<E>>(a)));
    return made;
  }
}

}  // namespace internal

}  // namespace bellman
