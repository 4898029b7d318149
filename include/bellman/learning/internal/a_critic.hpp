// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/internal/verdict.hpp>
#include <bellman/learning/learning_target.hpp>

#include <concepts>
#include <type_traits>
#include <utility>

namespace bellman {

namespace refused {

struct the_first_part_is_an_actor {};
struct the_second_part_is_a_learner_of_the_values_of_states {};

}  // namespace refused

namespace internal {

template <class Actor>
struct an_actor : rule<requires(Actor const& actor) {
  typename Actor::value_type;
  actor.policy();
}, refused::the_first_part_is_an_actor> {};

template <class Critic>
inline constexpr bool learns_values_of_states = false;
template <class Critic>
  requires requires(Critic const& critic) {
    typename Critic::value_type;
    critic.target().gamma;
  }
inline constexpr bool learns_values_of_states<Critic> =
    !std::same_as<typename std::remove_cvref_t<decltype(std::declval<Critic const&>().target())>::parts, of_actions>;

/// An actor, and a learner that tells it how good its steps were.
template <class Actor, class Critic>
using an_actor_and_a_critic =
    every<an_actor<Actor>,
          rule<learns_values_of_states<Critic>, refused::the_second_part_is_a_learner_of_the_values_of_states>>;

}  // namespace internal

}  // namespace bellman
