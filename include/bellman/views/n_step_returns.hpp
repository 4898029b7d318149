// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/error.hpp>
#include <bellman/estimation/estimate.hpp>
#include <bellman/estimation/returns_to_go.hpp>
#include <bellman/views/closure.hpp>
#include <bellman/views/windows.hpp>

#include <cstddef>
#include <ranges>
#include <string>
#include <type_traits>
#include <utility>

namespace bellman::views {

namespace detail {

[[noreturn]] inline void a_window_must_have_at_least_one_step(std::size_t n) {
  throw invalid_value("bellman: the windows have " + std::to_string(n) + " steps; they must have at least 1");
}

// The return to go within a window.
struct return_in_window {
  template <class V, class Rewards, class Values, class Gamma>
  static constexpr auto body(Rewards const& rewards, Values const&, Gamma const& gamma) {
    return std::remove_cvref_t<decltype(bellman::returns_to_go)>::template body<V>(rewards, gamma);
  }
};

struct n_step_returns_fn {
  template <std::ranges::viewable_range Rewards, std::ranges::viewable_range Values, class Steps, class Gamma>
  constexpr auto operator()(Rewards&& rewards, Values&& values, Steps&& steps, std::size_t n, Gamma&& gamma) const {
    using V = widened_t<deduced, estimate_t<deduced, held_t<Steps>, Rewards, Values>, std::remove_cvref_t<Gamma>>;
    if (n == 0) a_window_must_have_at_least_one_step(n);
    return windows_view<V, return_in_window, held_t<Rewards>, held_t<Values>, held_t<Steps>, held_t<Gamma>>(
        held(std::forward<Rewards>(rewards)), held(std::forward<Values>(values)),
        held_steps(std::forward<Steps>(steps)), n, held(std::forward<Gamma>(gamma)));
  }
  template <std::ranges::viewable_range Values, class Steps, class Gamma>
  constexpr auto operator()(Values&& values, Steps&& steps, std::size_t n, Gamma&& gamma) const {
    if (n == 0) a_window_must_have_at_least_one_step(n);
    return closure_of<n_step_returns_fn>(std::forward<Values>(values), held_steps(std::forward<Steps>(steps)), n,
                                         std::forward<Gamma>(gamma));
  }
};

}  // namespace detail

/// `rewards | views::n_step_returns(values, steps, n, gamma)`: the n-step returns of a recording as a lazy view, each
/// the discounted return within a window of n steps, with the value of the state behind it for what comes after; or
/// called with the rewards first.
///
/// What it costs to read: `windows_view`; where most are read and n is large, `bellman::n_step_returns` costs less. It
/// equals that exactly for exact numbers, up to rounding for `float` and `double`. Arguments and errors as there.
inline constexpr detail::n_step_returns_fn n_step_returns{};

}  // namespace bellman::views
