// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/estimation/estimator.hpp>
#include <bellman/estimation/estimator_fn.hpp>
#include <bellman/estimation/internal/requirements.hpp>
#include <bellman/estimation/internal/rules.hpp>
#include <bellman/estimation/n_step_returns.hpp>
#include <bellman/estimation/returns_to_go.hpp>
#include <bellman/internal/verdict.hpp>
#include <bellman/views/internal/closure.hpp>
#include <bellman/views/internal/held.hpp>
#include <bellman/views/internal/requirements.hpp>
#include <bellman/views/internal/windows_fn.hpp>

#include <cstddef>
#include <type_traits>
#include <utility>

namespace bellman::views {

namespace detail {

template <class Rewards, class Values, class Steps, class N, class Gamma>
struct n_step_returns_of_held
    : internal::n_step_returns_of<deduced, internal::column_t<Rewards>, internal::column_t<Values>,
                                  internal::held_t<Steps>, N, internal::held_t<Gamma>> {};

struct n_step_returns_fn {
  using estimator_type = internal::estimator_of<decltype(bellman::returns_to_go)>;
  using values_column = value_column<"values">;

  template <class Rewards, class Values, class Steps, class N, class Gamma>
  using asks = internal::every<internal::rewards_in_view<Rewards>, internal::a_column_in_view<values_column, Values>,
                               n_step_returns_of_held<Rewards, Values, Steps, std::remove_cvref_t<N>, Gamma>>;

  template <class Rewards, class Values, class Steps, class N, class Gamma,
            class = typename asks<Rewards, Values, Steps, N, Gamma>::type::yes>
  [[nodiscard]] constexpr auto operator()(Rewards&& rewards, Values&& values, Steps&& steps, N n, Gamma&& gamma) const {
    if (n < 1) internal::a_return_must_have_at_least_one_step(n);
    return internal::windows_of<estimator_type>(std::forward<Rewards>(rewards), std::forward<Values>(values),
                                                std::forward<Steps>(steps), static_cast<std::size_t>(n),
                                                std::forward<Gamma>(gamma));
  }
  template <class Values, class Steps, class N, class Gamma,
            class = typename internal::every<internal::a_column_in_view<values_column, Values>,
                                             internal::n_before_gamma<N, internal::held_t<Gamma>>,
                                             internal::held_without_rewards<estimator_type, Steps, Gamma>>::type::yes>
  [[nodiscard]] constexpr auto operator()(Values&& values, Steps&& steps, N n, Gamma&& gamma) const {
    if (n < 1) internal::a_return_must_have_at_least_one_step(n);
    return internal::closure_of<n_step_returns_fn>(std::forward<Values>(values), std::forward<Steps>(steps), n,
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
