// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/estimation/correction.hpp>
#include <bellman/estimation/estimator.hpp>
#include <bellman/estimation/estimator_fn.hpp>
#include <bellman/scalar/arithmetic.hpp>
#include <bellman/scalar/known.hpp>

namespace bellman {

namespace detail {

struct td_errors_estimator {
  using columns = bellman::columns<value_column<"values">>;

  template <class Step, class X>
  [[gnu::always_inline]] static constexpr auto terms(Step const&, X const& v) {
    return correction{v, known_zero{}, v};
  }
  template <class Step, class Terms, class X>
  [[gnu::always_inline]] static constexpr auto emit(Step const&, Terms const&, X const& G, X const& v) {
    return difference(G, v);
  }
};

}  // namespace detail

/// `td_errors(rewards, values, steps, gamma)`: `delta_t = R_t + gamma V(S_{t+1}) - V(S_t)`, how far the Bellman
/// equation is from holding along a recording.
///
/// *Arguments*: as `gae`, of which it is the case lambda 0; a discount in place of the parameters, and one output.
/// *Errors*: as `gae`.
/// *Cost*: O(n); nothing is allocated but the result.
/// *Laws*: the advantages of `gae` with lambda 0 (tests/laws/estimator_laws.hpp).
/// *Source*: Sutton and Barto 2018, (6.5).
/// *Use*:
///     bellman::td_errors(std::array{1.0, 2.0}, std::array{3.0, 4.0}, bellman::terminated{}, 0.5) ==
///         std::array{0.0, -2.0}
inline constexpr estimator_fn<detail::td_errors_estimator> td_errors{};

/// `td_errors_in<V, Order>`: the same, computed in V and in the order named.
template <class V = deduced, class Order = deduced>
inline constexpr estimator_fn<detail::td_errors_estimator, V, Order> td_errors_in{};

}  // namespace bellman
