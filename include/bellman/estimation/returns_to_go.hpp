// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/estimation/correction.hpp>
#include <bellman/estimation/estimator.hpp>
#include <bellman/estimation/estimator_fn.hpp>
#include <bellman/scalar/known.hpp>

namespace bellman {

namespace detail {

struct returns_to_go_estimator {
  using columns = bellman::columns<>;

  template <class Step>
  [[gnu::always_inline]] static constexpr auto terms(Step const&) {
    return correction{known_zero{}, known_one{}, known_zero{}};
  }
};

}  // namespace detail

/// `returns_to_go(rewards, steps, gamma)`: the discounted return from each step of a recording,
/// `G_t = R_t + gamma_t G_{t+1}`, where the return after a truncated step is the value that it gives.
///
/// *Arguments*: rewards and steps as those of `gae`; a discount in [0, 1], or a range with one for each step. Forms as
/// `gae`, with one output.
/// *Errors*: as `gae`.
/// *Cost*: O(n), one multiply-add a reward; nothing is allocated but the result.
/// *Laws*: for one episode they are the `discounted_returns`; lambda-returns with lambda 1
/// (tests/laws/estimator_laws.hpp).
/// *Source*: Sutton and Barto 2018, (3.8).
/// *Use*:
///     bellman::returns_to_go(std::array{1.0, 2.0}, bellman::truncated{4.0}, 0.5) == std::array{3.0, 4.0}
inline constexpr estimator_fn<detail::returns_to_go_estimator> returns_to_go{};

/// `returns_to_go_in<V, Order>`: the same, computed in V and in the order named.
template <class V = deduced, class Order = deduced>
inline constexpr estimator_fn<detail::returns_to_go_estimator, V, Order> returns_to_go_in{};

}  // namespace bellman
