// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/decision/ending.hpp>
#include <bellman/estimation/discounted_returns.hpp>
#include <bellman/estimation/estimator_fn.hpp>
#include <bellman/estimation/internal/discounted_rewards.hpp>
#include <bellman/estimation/internal/estimate_type.hpp>
#include <bellman/estimation/internal/requirements.hpp>
#include <bellman/estimation/returns_to_go.hpp>
#include <bellman/estimation/steps_or_ending.hpp>
#include <bellman/internal/verdict.hpp>
#include <bellman/scalar/register_width.hpp>
#include <bellman/value/internal/steps_of_return.hpp>
#include <bellman/views/estimates_view.hpp>
#include <bellman/views/internal/closure.hpp>
#include <bellman/views/internal/held.hpp>
#include <bellman/views/internal/requirements.hpp>

#include <type_traits>
#include <utility>

namespace bellman::views {

namespace detail {

template <class Ending, class Gamma>
using ending_and_discount = internal::every<internal::steps_or_an_ending<Ending>,
                                            internal::rule<internal::number_with_an_order<internal::number_of_t<Gamma>>,
                                                           refused::a_discount_is_a_number_with_an_order>>;

// What is given without rewards: an ending and a discount, or a discount alone; else the rewards stand before them.
template <class... Argument>
struct arguments_of_returns {
  using type = refused::rewards_are_followed_by_an_ending_a_discount_and_an_output;
};
template <class Rewards, class... Rest>
  requires(sizeof...(Rest) == 1 || sizeof...(Rest) == 2)
struct arguments_of_returns<Rewards, Rest...>
    : internal::discounted_rewards_and<internal::rewards_in_view<Rewards>, Rewards, std::remove_cvref_t<Rest>...> {};
template <class Gamma>
struct arguments_of_returns<Gamma> : ending_and_discount<terminated, std::remove_cvref_t<Gamma>> {};
template <class Ending, class Gamma>
  requires internal::is_ending<std::remove_cvref_t<Ending>>
struct arguments_of_returns<Ending, Gamma>
    : ending_and_discount<std::remove_cvref_t<Ending>, std::remove_cvref_t<Gamma>> {
};

template <class Machine>
struct discounted_returns_fn {
  template <class... Argument>
  using asks = arguments_of_returns<Argument...>;

  template <class First, class... Rest, class = typename asks<First, Rest...>::type::yes>
  [[nodiscard]] constexpr auto operator()(First&& first, Rest&&... rest) const {
    if constexpr (sizeof...(Rest) == 0 || (sizeof...(Rest) == 1 && internal::is_ending<std::remove_cvref_t<First>>)) {
      return internal::closure_of<discounted_returns_fn>(std::forward<First>(first), std::forward<Rest>(rest)...);
    } else if constexpr (sizeof...(Rest) == 1) {
      return returns(std::forward<First>(first), terminated{}, rest...);
    } else {
      return returns(std::forward<First>(first), rest...);
    }
  }

 private:
  template <class Rewards, class Ending, class Gamma>
  static constexpr auto returns(Rewards&& rewards, Ending const& ending, Gamma const& gamma) {
    using V = internal::return_t<internal::held_t<Rewards>, Gamma>;
    using estimator_type = internal::estimator_of<decltype(bellman::returns_to_go)>;
    return estimates_view<deduced, estimator_type, V, internal::held_t<Rewards>, Ending, Gamma>(
        internal::held(std::forward<Rewards>(rewards)), ending, gamma);
  }
};

}  // namespace detail

/// `rewards | views::discounted_returns(gamma)`, `rewards | views::discounted_returns(truncated{v}, gamma)`: the
/// discounted returns of one episode as a lazy view, from the first to the last; or called with the rewards first.
///
/// *Arguments*: as `bellman::discounted_returns`; the rewards are a random-access range.
/// *Errors*: as `bellman::discounted_returns`, where the view is begun.
/// *Cost*: what it costs to read: `estimates_view`.
/// *Laws*: they are the `bellman::discounted_returns`, to the last bit (tests/views/discounted_returns.cpp).
/// *Use*:
///     [] {
///       std::array const rewards{1.0, 2.0};
///       auto returns = rewards | bellman::views::discounted_returns(0.5);
///       return returns[0] == 2.0 && returns[1] == 2.0;
///     }()
inline constexpr detail::discounted_returns_fn<internal::this_machine> discounted_returns{};

}  // namespace bellman::views
