// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/estimation/estimator.hpp>
#include <bellman/estimation/estimator_fn.hpp>
#include <bellman/estimation/internal/terms.hpp>
#include <bellman/scalar/arithmetic.hpp>

#include <array>
#include <cstddef>
#include <utility>

namespace bellman {

/// What `gae` returns: for each step the advantage, and the return that a critic is fitted to, `advantage + value`.
template <class Advantages, class Returns = Advantages>
struct advantages_and_returns {
  Advantages advantages;
  Returns returns;
};

namespace detail {

struct gae_estimator : internal::terms_of_values {
  static constexpr std::size_t outputs = 2;

  template <class Step, class Terms, class X>
  [[gnu::always_inline]] static constexpr auto emit(Step const&, Terms const&, X const& G, X const& v) {
    return std::array<X, 2>{difference(G, v), G};
  }
  template <class A, class G>
  static constexpr advantages_and_returns<A, G> results(A advantages, G returns) {
    return {std::move(advantages), std::move(returns)};
  }
};

}  // namespace detail

/// `gae(rewards, values, steps, {.gamma = g, .lambda = l})`: generalised advantage estimates,
/// `A_t = delta_t + gamma lambda A_{t+1}` with the TD errors `delta_t = R_t + gamma V(S_{t+1}) - V(S_t)`, which are the
/// lambda-returns less the values; and those returns, `A_t + V(S_t)`.
///
/// After an end nothing of the next episode is seen; at a skipped step the estimates are 0, and its reward and value do
/// not matter, be they NaN.
///
/// *Arguments*: rewards, and one value for each. `steps` says where episodes end: `terminated{}`, after which the value
/// is 0, or `truncated{v}`, where `v` is the value of the state after the last step, for one episode; or what each step
/// is, a range of `step` or `recorded_steps`. Gamma and lambda are numbers in [0, 1], or ranges with one for each step:
/// `trace_parameters{.gamma = std::span(gammas), .lambda = 0.95}`, lambda of the state in which the reward was earned.
/// Two iterators as last arguments, `advantages` and `returns`, say where to write, which may be where the rewards and
/// the values are, and their ends are returned; otherwise `std::array` in, `std::array` out, else `std::vector`. The
/// estimates are of the wider of the types of rewards and values, where integers take the type of the others. Several
/// sequences at once: `gae(time_major(rewards, N), time_major(values, N), ...)`, or another `layout`.
/// *Errors*: `invalid_value` for lengths that differ, for gamma or lambda outside [0, 1], and where the last step does
/// not end; rewards and values are not checked. A NaN among them makes the estimates of its episode NaN that depend on
/// it, and no others.
/// *Cost*: O(n); nothing is allocated but the result. `float` and `double` are composed in registers, so that the last
/// digits may differ from those of `gae_in<deduced, sequential>`.
/// *Laws* (tests/laws/estimator_laws.hpp): lambda 1 gives the return less the value; lambda 0 gives the TD errors;
/// cutting an episode off at a step and giving `truncated{(1 - lambda) V + lambda G}`, of the value V and the return G
/// of the state there, changes nothing.
/// *Source*: Schulman et al. 2016, (11)-(16).
/// *Use*:
///     bellman::gae(std::array{1.0, 2.0}, std::array{0.5, 1.0}, bellman::terminated{}, {.gamma = 1, .lambda = 0})
///         .advantages == std::array{1.5, 1.0}
inline constexpr estimator_fn<detail::gae_estimator> gae{};

/// `gae_in<V, Order>`: the same, computed in V and in the order named, `sequential` or `in_register<Width>`.
template <class V = deduced, class Order = deduced>
inline constexpr estimator_fn<detail::gae_estimator, V, Order> gae_in{};

}  // namespace bellman
