// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/estimation/lambda_returns.hpp>
#include <bellman/views/internal/estimates_fn.hpp>

namespace bellman::views {

/// `rewards | views::lambda_returns(values, steps, {.gamma = g, .lambda = l})`: the lambda-returns of a recording as a
/// lazy view; or called with the rewards first.
///
/// *Arguments*: as `bellman::lambda_returns`, which it equals; parameters that are no `double` are given by their type:
/// `trace_parameters{.gamma = rational(1, 2), .lambda = rational(1)}`.
/// *Errors*: as `bellman::lambda_returns`, where the view is begun.
/// *Cost*: what it costs to read: `estimates_view`.
/// *Laws*: equal to the eager estimates to the last bit (tests/views/estimates_view.cpp).
/// *Use*:
///     [] {
///       std::array const rewards{1.0, 2.0};
///       std::array const values{5.0, 4.0};
///       auto returns =
///           rewards | bellman::views::lambda_returns(values, bellman::terminated{}, {.gamma = 0.5, .lambda = 0.5});
///       return returns[0] == 2.5 && returns[1] == 2.0;
///     }()
inline constexpr internal::estimates_fn<bellman::lambda_returns> lambda_returns{};

}  // namespace bellman::views
