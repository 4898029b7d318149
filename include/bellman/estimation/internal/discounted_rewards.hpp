// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/decision/ending.hpp>
#include <bellman/estimation/internal/estimate_type.hpp>
#include <bellman/estimation/internal/requirements.hpp>
#include <bellman/estimation/steps_or_ending.hpp>
#include <bellman/internal/verdict.hpp>
#include <bellman/scalar/field.hpp>
#include <bellman/scalar/internal/requirements.hpp>
#include <bellman/value/discount.hpp>
#include <bellman/value/internal/steps_of_return.hpp>

#include <concepts>
#include <iterator>
#include <ranges>
#include <type_traits>

namespace bellman {

namespace refused {

struct these_rewards_are_no_range_of_numbers_that_can_be_walked_back {};
struct this_is_no_discount_of_these_rewards {};
struct this_output_is_no_random_access_iterator {};

}  // namespace refused

namespace internal {

/// Rewards whose end can be walked back from.
template <class Rewards>
using rewards_to_walk_back = rule<(std::ranges::bidirectional_range<Rewards> && std::ranges::common_range<Rewards> &&
                                   elements_are_numbers_or_vectors<Rewards>),
                                  refused::these_rewards_are_no_range_of_numbers_that_can_be_walked_back>;

template <class R, class G>
consteval bool is_discount_of() {
  if constexpr (!number_with_an_order<number_of_t<G>> || one_for_each_step<G>) {
    return false;
  } else {
    using F = discount_scalar_t<scalar_t<R>, G>;
    if constexpr (ordered_field<F> && std::constructible_from<F, number_of_t<G> const&>) {
      return number<R> ? std::constructible_from<F, scalar_t<R> const&> : vector_space_over<R, F>;
    } else {
      return false;
    }
  }
}

/// A discount of values of type R.
template <class R, class G>
struct a_discount_of : rule<internal::is_discount_of<R, G>(), refused::this_is_no_discount_of_these_rewards> {};
template <class Rewards, class G>
struct a_discount_of_rewards : a_discount_of<std::ranges::range_value_t<Rewards>, G> {};

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

}  // namespace internal

}  // namespace bellman
