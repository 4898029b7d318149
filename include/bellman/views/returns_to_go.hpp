// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/estimation/returns_to_go.hpp>
#include <bellman/views/internal/estimates_fn.hpp>

namespace bellman::views {

/// `rewards | views::returns_to_go(steps, gamma)`: the returns to go of a recording as a lazy view, from the first to
/// the last; or called with the rewards first.
///
/// *Arguments*: as `bellman::returns_to_go`, which it equals; the rewards are a random-access range.
/// *Errors*: as `bellman::returns_to_go`, where the view is begun.
/// *Cost*: what it costs to read: `estimates_view`.
/// *Laws*: equal to the eager estimates to the last bit (tests/views/estimates_view.cpp).
/// *Use*:
///     [] {
///       std::array const rewards{1.0, 2.0};
///       auto returns = rewards | bellman::views::returns_to_go(bellman::truncated{4.0}, 0.5);
///       return returns[0] == 3.0 && returns[1] == 4.0;
///     }()
inline constexpr internal::estimates_fn<bellman::returns_to_go> returns_to_go{};

}  // namespace bellman::views
