// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/estimation/estimator_fn.hpp>
#include <bellman/estimation/td_errors.hpp>
#include <bellman/views/internal/closure.hpp>
#include <bellman/views/internal/held.hpp>
#include <bellman/views/internal/requirements.hpp>
#include <bellman/views/internal/windows_fn.hpp>

#include <utility>

namespace bellman::views {

namespace detail {

struct td_errors_fn {
  using estimator_type = internal::estimator_of<decltype(bellman::td_errors)>;

  template <class Rewards, class Values, class Steps, class Gamma>
  using asks = internal::a_view_of_estimates<estimator_type, estimator_type::columns, Rewards, Steps, Gamma, Values>;

  template <class Rewards, class Values, class Steps, class Gamma,
            class = typename asks<Rewards, Values, Steps, Gamma>::type::yes>
  [[nodiscard]] constexpr auto operator()(Rewards&& rewards, Values&& values, Steps&& steps, Gamma&& gamma) const {
    return internal::windows_of<estimator_type>(std::forward<Rewards>(rewards), std::forward<Values>(values),
                                                std::forward<Steps>(steps), 1, std::forward<Gamma>(gamma));
  }
  template <class Values, class Steps, class Gamma, class = typename asks<void, Values, Steps, Gamma>::type::yes>
  [[nodiscard]] constexpr auto operator()(Values&& values, Steps&& steps, Gamma&& gamma) const {
    return internal::closure_of<td_errors_fn>(std::forward<Values>(values), std::forward<Steps>(steps),
                                              std::forward<Gamma>(gamma));
  }
};

}  // namespace detail

/// `rewards | views::td_errors(values, steps, gamma)`: the TD errors of a recording as a lazy view, each computed when
/// it is read from one reward, its steps and two values; or called with the rewards first.
///
/// *Arguments*: as `bellman::td_errors`.
/// *Errors*: as `bellman::td_errors`, where the view is begun.
/// *Cost*: what it costs to read: `windows_view`, n = 1.
/// *Laws*: equal to the eager estimates (tests/views/windows_view.cpp).
/// *Use*:
///     [] {
///       std::array const rewards{1.0, 2.0};
///       std::array const values{3.0, 4.0};
///       auto errors = rewards | bellman::views::td_errors(values, bellman::terminated{}, 0.5);
///       return errors[0] == 0.0 && errors[1] == -2.0;
///     }()
inline constexpr detail::td_errors_fn td_errors{};

}  // namespace bellman::views
