// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/affine/backward_pass.hpp>
#include <bellman/decision/ending.hpp>
#include <bellman/estimation/returns_to_go.hpp>
#include <bellman/value/return.hpp>
#include <bellman/views/closure.hpp>
#include <bellman/views/estimates.hpp>

#include <ranges>
#include <type_traits>
#include <utility>

namespace bellman::views {

namespace detail {

struct discounted_returns_fn {
  template <std::ranges::viewable_range Rewards, class Gamma, class Ending = terminated>
  constexpr auto operator()(Rewards&& rewards, Gamma const& gamma, Ending const& ending = {}) const {
    using range = held_t<Rewards>;
    using V = std::ranges::range_value_t<decltype(bellman::discounted_returns(std::declval<range&>(), gamma))>;
    using function = std::remove_cvref_t<decltype(bellman::returns_to_go)>;
    return estimates_view<V, default_order<V>, one_result, function, range, Ending, Gamma>(
        held(std::forward<Rewards>(rewards)), held_steps(ending), gamma);
  }
  template <class Gamma, class Ending = terminated>
    requires(!std::ranges::range<Gamma>)
  constexpr auto operator()(Gamma const& gamma, Ending const& ending = {}) const {
    return closure_of<discounted_returns_fn>(gamma, held_steps(ending));
  }
};

}  // namespace detail

/// `rewards | views::discounted_returns(gamma)`, `rewards | views::discounted_returns(gamma, truncated{v})`: the
/// discounted returns of one episode as a lazy view, from the first to the last; or called with the rewards first.
///
/// What it costs to read: `estimates_view`. Types and errors as `bellman::discounted_returns`, which it equals exactly
/// for exact numbers and in constant expressions, up to rounding otherwise; the rewards are a random-access range.
inline constexpr detail::discounted_returns_fn discounted_returns{};

}  // namespace bellman::views
