// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/estimation/estimate.hpp>
#include <bellman/estimation/td_errors.hpp>
#include <bellman/views/closure.hpp>
#include <bellman/views/windows.hpp>

#include <ranges>
#include <type_traits>
#include <utility>

namespace bellman::views {

namespace detail {

struct td_errors_fn {
  template <std::ranges::viewable_range Rewards, std::ranges::viewable_range Values, class Steps, class Gamma>
  constexpr auto operator()(Rewards&& rewards, Values&& values, Steps&& steps, Gamma&& gamma) const {
    using function = std::remove_cvref_t<decltype(bellman::td_errors)>;
    using V = widened_t<deduced, estimate_t<deduced, held_t<Steps>, Rewards, Values>, std::remove_cvref_t<Gamma>>;
    return windows_view<V, function, held_t<Rewards>, held_t<Values>, held_t<Steps>, held_t<Gamma>>(
        held(std::forward<Rewards>(rewards)), held(std::forward<Values>(values)),
        held_steps(std::forward<Steps>(steps)), 1, held(std::forward<Gamma>(gamma)));
  }
  template <std::ranges::viewable_range Values, class Steps, class Gamma>
  constexpr auto operator()(Values&& values, Steps&& steps, Gamma&& gamma) const {
    return closure_of<td_errors_fn>(std::forward<Values>(values), held_steps(std::forward<Steps>(steps)),
                                    std::forward<Gamma>(gamma));
  }
};

}  // namespace detail

/// `rewards | views::td_errors(values, steps, gamma)`: the TD errors of a recording as a lazy view, each computed when
/// it is read from one reward, its steps and two values; or called with the rewards first.
///
/// What it costs to read: `windows_view`, n = 1. Arguments and errors as `bellman::td_errors`, which it equals.
inline constexpr detail::td_errors_fn td_errors{};

}  // namespace bellman::views
