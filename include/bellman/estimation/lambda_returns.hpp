// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/estimation/estimator.hpp>
#include <bellman/estimation/estimator_fn.hpp>
#include <bellman/estimation/internal/terms.hpp>

namespace bellman {

namespace detail {

struct lambda_returns_estimator : internal::terms_of_values {};

}  // namespace detail

/// `lambda_returns(rewards, values, steps, {.gamma = g, .lambda = l})`: the returns that mix the value of each later
/// state with the return from it, `G_t = R_t + gamma_t ((1 - lambda_{t+1}) V(S_{t+1}) + lambda_{t+1} G_{t+1})`.
///
/// Lambda 0 gives the targets of TD(0), lambda 1 the returns to go; with the values of the actions taken for `values`
/// it is Sarsa(lambda), with the greatest action values Peng's Q(lambda).
///
/// *Arguments*: one value for each reward, that of the state in which it was earned; `lambda_t`, where lambda is a
/// range, belongs to that state as well, and `gamma_t` to the reward. Otherwise, and forms, as `gae`.
/// *Errors*: as `gae`.
/// *Cost*: O(n); nothing is allocated but the result.
/// *Laws*: tests/laws/estimator_laws.hpp.
/// *Source*: Sutton and Barto 2018, (12.2), (12.18).
/// *Use*:
///     bellman::lambda_returns(std::array{1.0, 2.0}, std::array{5.0, 4.0}, bellman::terminated{},
///                             {.gamma = 0.5, .lambda = 0.5}) == std::array{2.5, 2.0}
inline constexpr estimator_fn<detail::lambda_returns_estimator> lambda_returns{};

/// `lambda_returns_in<V, Order>`: the same, computed in V and in the order named.
template <class V = deduced, class Order = deduced>
inline constexpr estimator_fn<detail::lambda_returns_estimator, V, Order> lambda_returns_in{};

}  // namespace bellman
