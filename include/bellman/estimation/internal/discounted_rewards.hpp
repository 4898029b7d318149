// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/decision/ending.hpp>
#include <bellman/estimation/internal/estimate_type.hpp>
#include <bellman/estimation/internal/requirements.hpp>
#include <bellman/estimation/steps_or_ending.hpp>
#include <bellman/internal/verdict.hpp>
#include <bellman/layout/layout.hpp>
#include <bellman/scalar/field.hpp>
#include <bellman/scalar/internal/requirements.hpp>
#include <bellman/value/discount.hpp>
#include <bellman/value/internal/steps_of_return.hpp>

#include <iterator>
#include <ranges>
#include <type_traits>

namespace bellman {

namespace refused {

struct these_rewards_are_no_range_of_numbers_that_can_be_walked_back {};
struct this_output_is_no_random_access_iterator {};

}  // namespace refused

namespace internal {

/// Rewards that can be walked back from their end.
template <class Rewards>
concept ends_to_walk_back_from = std::ranges::random_access_range<std::remove_cvref_t<Rewards> const&> ||
                                 (std::ranges::bidirectional_range<Rewards> && std::ranges::common_range<Rewards>);
template <class Rewards>
using rewards_to_walk_back = rule<(ends_to_walk_back_from<Rewards> && elements_are_numbers_or_vectors<Rewards>),
                                  refused::these_rewards_are_no_range_of_numbers_that_can_be_walked_back>;

/// A discount of the elements of a range.
template <class Rewards, class G>
struct a_discount_of_rewards : a_discount_for<G, std::ranges::range_value_t<Rewards>> {};

template <class Rewards, class Ending, class G, class... Out>
struct an_ending_and_outputs_of_returns {
  using V = return_t<Rewards, G>;
  using type =
      typename every<ends_worth<Ending, V>,
                     rule<(std::random_access_iterator<Out> && ...), refused::this_output_is_no_random_access_iterator>,
                     an_output<Out, V>...>::type;
};

/// What discounted returns are made of: rewards of a kind, an ending, a discount, and where they are written to, if
/// that is said.
template <class ARangeOfRewards, class Rewards, class Ending, class G, class... Out>
using discounted_rewards = every<ARangeOfRewards, steps_or_an_ending<Ending>, a_discount_of_rewards<Rewards, G>,
                                 an_ending_and_outputs_of_returns<Rewards, Ending, G, Out...>>;

/// The same where the ending may be left out, the arguments in their order.
template <class ARangeOfRewards, class Rewards, class First, class... Rest>
struct discounted_rewards_and : discounted_rewards<ARangeOfRewards, Rewards, terminated, First, Rest...> {};
template <class ARangeOfRewards, class Rewards, class Ending, class G, class... Out>
  requires is_ending<Ending>
struct discounted_rewards_and<ARangeOfRewards, Rewards, Ending, G, Out...>
    : discounted_rewards<ARangeOfRewards, Rewards, Ending, G, Out...> {
};

/// The same of one sequence or of several, which are laid out in one way with what is written.
template <class Rewards, class... Rest>
struct discounted_rewards_in_any_layout
    : discounted_rewards_and<rewards_to_walk_back<Rewards>, Rewards, Rest...> {};
template <layout Rewards, class... Rest>
struct discounted_rewards_in_any_layout<Rewards, Rest...>
    : every<rule<((!std::random_access_iterator<Rest> &&
                   (!layout<Rest> || lies_so<Rest, order_of_memory_of<std::remove_cvref_t<Rewards>>>)) &&
                  ...),
                 refused::a_recording_of_several_sequences_lies_in_one_layout_with_what_belongs_to_its_steps>,
            discounted_rewards_and<rewards_to_walk_back<one_sequence_t<Rewards>>, one_sequence_t<Rewards>,
                                   typename begin_of_one<Rest>::type...>> {};

}  // namespace internal

}  // namespace bellman
