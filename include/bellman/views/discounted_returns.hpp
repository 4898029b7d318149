// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/decision/ending.hpp>
#include <bellman/estimation/estimator_fn.hpp>
#include <bellman/estimation/returns_to_go.hpp>
#include <bellman/scalar/register_width.hpp>
#include <bellman/value/internal/steps_of_return.hpp>
#include <bellman/views/estimates_view.hpp>
#include <bellman/views/internal/closure.hpp>
#include <bellman/views/internal/held.hpp>

#include <ranges>
#include <utility>

namespace bellman::views {

namespace detail {

template <class Machine>
struct discounted_returns_fn {
  template <std::ranges::viewable_range Rewards, class Gamma, class Ending = terminated>
  constexpr auto operator()(Rewards&& rewards, Gamma const& gamma, Ending const& ending = {}) const {
    using V = internal::return_t<internal::held_t<Rewards>, Gamma>;
    using estimator_type = internal::estimator_of<decltype(bellman::returns_to_go)>;
    return estimates_view<deduced, estimator_type, V, internal::held_t<Rewards>, Ending, Gamma>(
        internal::held(std::forward<Rewards>(rewards)), internal::held_steps(ending), gamma);
  }
  template <class Gamma, class Ending = terminated>
    requires(!std::ranges::range<Gamma>)
  constexpr auto operator()(Gamma const& gamma, Ending const& ending = {}) const {
    return internal::closure_of<discounted_returns_fn>(gamma, internal::held_steps(ending));
  }
};

}  // namespace detail

/// `rewards | views::discounted_returns(gamma)`, `rewards | views::discounted_returns(gamma, truncated{v})`: the
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
