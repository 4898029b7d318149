// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/estimation/estimator_fn.hpp>
#include <bellman/estimation/internal/rules.hpp>
#include <bellman/estimation/returns_to_go.hpp>
#include <bellman/views/internal/closure.hpp>
#include <bellman/views/internal/held.hpp>
#include <bellman/views/internal/windows_fn.hpp>

#include <cstddef>
#include <ranges>
#include <utility>

namespace bellman::views {

namespace detail {

struct n_step_returns_fn {
  template <std::ranges::viewable_range Rewards, std::ranges::viewable_range Values, class Steps, class Gamma>
  constexpr auto operator()(Rewards&& rewards, Values&& values, Steps&& steps, std::size_t n, Gamma&& gamma) const {
    if (n == 0) internal::a_return_must_have_at_least_one_step(n);
    return internal::windows_of<internal::estimator_of<decltype(bellman::returns_to_go)>>(
        std::forward<Rewards>(rewards), std::forward<Values>(values), std::forward<Steps>(steps), n,
        std::forward<Gamma>(gamma));
  }
  template <std::ranges::viewable_range Values, class Steps, class Gamma>
  constexpr auto operator()(Values&& values, Steps&& steps, std::size_t n, Gamma&& gamma) const {
    if (n == 0) internal::a_return_must_have_at_least_one_step(n);
    return internal::closure_of<n_step_returns_fn>(std::forward<Values>(values),
                                                   internal::held_steps(std::forward<Steps>(steps)), n,
                                                   std::forward<Gamma>(gamma));
  }
};

}  // namespace detail

/// `rewards | views::n_step_returns(values, steps, n, gamma)`: the n-step returns of a recording as a lazy view, each
/// the discounted return within a window of n steps, with the value of the state behind it for what comes after; or
/// called with the rewards first.
///
/// *Arguments*: as `bellman::n_step_returns`.
/// *Errors*: as `bellman::n_step_returns`: for n = 0 where the view is made, else where it is begun.
/// *Cost*: what it costs to read: `windows_view`; where most are read and n is large, `bellman::n_step_returns` costs
/// less.
/// *Laws*: equal to the eager estimates, exactly for exact numbers, up to rounding for `float` and `double`
/// (tests/views/windows_view.cpp).
/// *Use*:
///     [] {
///       std::array const rewards{1.0, 2.0, 4.0};
///       std::array const values{8.0, 8.0, 8.0};
///       auto returns = rewards | bellman::views::n_step_returns(values, bellman::terminated{}, 2, 0.5);
///       return returns[0] == 4.0 && returns[2] == 4.0;
///     }()
inline constexpr detail::n_step_returns_fn n_step_returns{};

}  // namespace bellman::views
