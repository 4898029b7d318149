// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/estimation/gae.hpp>
#include <bellman/views/internal/estimates_fn.hpp>

namespace bellman::views {

/// `rewards | views::gae(values, steps, {.gamma = g, .lambda = l})`: generalised advantage estimates of a recording as
/// a lazy view, each element `advantages_and_returns{a, r}` of one step; or called with the rewards first.
///
/// *Arguments*: as `bellman::gae`, which it equals; parameters as those of `views::lambda_returns`.
/// *Errors*: as `bellman::gae`, where the view is begun.
/// *Cost*: what it costs to read: `estimates_view`.
/// *Laws*: equal to the eager estimates to the last bit (tests/views/estimates_view.cpp).
/// *Use*:
///     [] {
///       std::array const rewards{1.0, 2.0};
///       std::array const values{0.5, 1.0};
///       auto estimates = rewards | bellman::views::gae(values, bellman::terminated{}, {.gamma = 1, .lambda = 0});
///       return estimates[0].advantages == 1.5 && estimates[1].returns == 2.0;
///     }()
inline constexpr internal::estimates_fn<bellman::gae> gae{};

}  // namespace bellman::views
