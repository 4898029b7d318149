// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/estimation/internal/discounted_rewards.hpp>
#include <bellman/estimation/steps_or_ending.hpp>
#include <bellman/evaluation/internal/episode_numbers.hpp>
#include <bellman/evaluation/logged_episode.hpp>
#include <bellman/internal/verdict.hpp>
#include <bellman/scalar/internal/requirements.hpp>

#include <ranges>

namespace bellman {

namespace refused {

struct rewards_ratios_and_values_are_ranges_of_numbers_with_an_order {};
struct rewards_ratios_and_values_have_no_number_type_in_common {};
struct an_episode_ends_terminated_or_truncated_with_a_value {};
struct this_estimate_takes_a_range_of_episodes {};
struct an_estimate_takes_one_discount_and_that_of_a_model_alone_none {};

}  // namespace refused

namespace internal {

template <class Estimate, class E>
consteval auto judge_episode() {
  if constexpr (!logged<E>) {
    return refused::an_episode_has_rewards_ratios_and_an_ending{};
  } else if constexpr (Estimate::reads_a_model && !modelled<E>) {
    return refused::a_modelled_episode_has_action_values_and_state_values_besides{};
  } else if constexpr (!internal::are_ordered(numbers_of_t<E>{})) {
    return refused::rewards_ratios_and_values_are_ranges_of_numbers_with_an_order{};
  } else if constexpr (!internal::are_of_one_type(numbers_of_t<E>{})) {
    return refused::rewards_ratios_and_values_have_no_number_type_in_common{};
  } else if constexpr (!is_ending<ending_of<E>> || !accepts<steps_or_an_ending<ending_of<E>>>) {
    return refused::an_episode_ends_terminated_or_truncated_with_a_value{};
  } else if constexpr (!ends_are_worth<ending_of<E>, evaluated_t<E>>) {
    return refused::an_episode_ends_terminated_or_truncated_with_a_value{};
  } else {
    return accepted{};
  }
}

/// What an estimate reads as one episode.
template <class Estimate, class E>
struct an_episode {
  using type = decltype(internal::judge_episode<Estimate, E>());
};

template <class X>
concept batch = std::ranges::forward_range<X const&> && !logged<X>;

/// The type of an episode: of a batch that of its elements.
template <class X>
struct episode_in {
  using type = X;
};
template <batch X>
struct episode_in<X> {
  using type = std::ranges::range_value_t<X const&>;
};
template <class X>
using episode_in_t = typename episode_in<X>::type;

template <class E, class... G>
struct discounts_of_episodes {
  using type = refused::an_estimate_takes_one_discount_and_that_of_a_model_alone_none;
};
template <class E>
struct discounts_of_episodes<E> {
  using type = accepted;
};
template <class E, class G>
struct discounts_of_episodes<E, G> : a_discount_for<G, evaluated_t<E>> {};

template <class Estimate, class... G>
using as_many_discounts =
    rule<(sizeof...(G) == Estimate::discounts), refused::an_estimate_takes_one_discount_and_that_of_a_model_alone_none>;

/// An episode, or a batch of such, that an estimate is made of with these discounts.
template <class Estimate, class X, class... G>
using episodes_for = every<an_episode<Estimate, episode_in_t<X>>, as_many_discounts<Estimate, G...>,
                           discounts_of_episodes<episode_in_t<X>, G...>>;
template <class Estimate, class X, class... G>
using a_batch_for =
    every<rule<batch<X>, refused::this_estimate_takes_a_range_of_episodes>, episodes_for<Estimate, X, G...>>;

}  // namespace internal

}  // namespace bellman
