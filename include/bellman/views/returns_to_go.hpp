// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/affine/backward_pass.hpp>
#include <bellman/estimation/estimate.hpp>
#include <bellman/estimation/returns_to_go.hpp>
#include <bellman/views/closure.hpp>
#include <bellman/views/estimates.hpp>

#include <ranges>
#include <type_traits>
#include <utility>

namespace bellman::views {

namespace detail {

struct returns_to_go_fn {
  template <std::ranges::viewable_range Rewards, class Steps, class Gamma>
  constexpr auto operator()(Rewards&& rewards, Steps&& steps, Gamma&& gamma) const {
    using function = std::remove_cvref_t<decltype(bellman::returns_to_go)>;
    using V = widened_t<deduced, estimate_t<deduced, held_t<Steps>, Rewards>, std::remove_cvref_t<Gamma>>;
    return estimates_view<V, default_order<V>, one_result, function, held_t<Rewards>, held_t<Steps>, held_t<Gamma>>(
        held(std::forward<Rewards>(rewards)), held_steps(std::forward<Steps>(steps)), held(std::forward<Gamma>(gamma)));
  }
  template <class Steps, class Gamma>
  constexpr auto operator()(Steps&& steps, Gamma&& gamma) const {
    return closure_of<returns_to_go_fn>(held_steps(std::forward<Steps>(steps)), std::forward<Gamma>(gamma));
  }
};

}  // namespace detail

/// `rewards | views::returns_to_go(steps, gamma)`: the returns to go of a recording as a lazy view, from the first to
/// the last; or called with the rewards first.
///
/// What it costs to read: `estimates_view`. Arguments and errors as `bellman::returns_to_go`, which it equals.
inline constexpr detail::returns_to_go_fn returns_to_go{};

}  // namespace bellman::views
