// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/estimation/corrected_return.hpp>
#include <bellman/estimation/estimate.hpp>
#include <bellman/estimation/lambda_returns.hpp>
#include <bellman/estimation/step.hpp>
#include <bellman/scalar/arithmetic.hpp>

#include <concepts>
#include <iterator>
#include <ranges>

namespace bellman {

/// What `gae` returns: for each step the advantage, and the return that a critic is fitted to, `advantage + value`.
template <class Advantages, class Returns = Advantages>
struct advantages_and_returns {
  Advantages advantages;
  Returns returns;
};

namespace detail {

template <class Advantages, class Returns>
struct write_advantage_and_return {
  Advantages advantages;
  Returns returns;

  template <class At, class Step, class Terms, class X>
  [[gnu::always_inline]] constexpr void operator()(At const& at, Step const& s, Terms const& c, X const& G) const {
    write_own(at, s, advantages, difference(G, c.action_value));
    write_own(at, s, returns, G);
  }
};

template <class Value, class Order>
struct gae_fn {
  template <std::ranges::range Rewards, std::ranges::range Values, class Steps, std::random_access_iterator... Out>
    requires(sizeof...(Out) == 0 || sizeof...(Out) == 2)
  constexpr auto operator()(Rewards&& rewards, Values&& values, Steps const& steps, braced_parameters<Rewards> p,
                            Out... out) const {
    using V = estimate_t<Value, Steps, Rewards, Values>;
    return two_estimates<advantages_and_returns, V, Order>(rewards, steps, body<V>(rewards, values, p), out...);
  }
  template <std::ranges::range Rewards, std::ranges::range Values, class Steps, class G, class L,
            std::random_access_iterator... Out>
    requires((sizeof...(Out) == 0 || sizeof...(Out) == 2) && !std::same_as<trace_parameters<G, L>,
             braced_parameters<Rewards>>)
  constexpr auto operator()(Rewards&& rewards, Values&& values, Steps const& steps, trace_parameters<G, L> const& p,
                            Out... out) const {
    using V = widened_t<Value, estimate_t<Value, Steps, Rewards, Values>, G, L>;
    return two_estimates<advantages_and_returns, V, Order>(rewards, steps, body<V>(rewards, values, p), out...);
  }

  template <class V, class Rewards, class Values, class Parameters>
  static constexpr auto body(Rewards const& rewards, Values const& values, Parameters const& p) {
    return [terms = value_terms_of<V>(rewards, values, p.gamma, p.lambda)](
               V const& after_last, auto const& out_advantages, auto const& out_returns) {
      return corrected_return(after_last, terms, write_advantage_and_return{out_advantages, out_returns});
    };
  }
};

}  // namespace detail

/// `gae(rewards, values, steps, {.gamma = g, .lambda = l})`: generalised advantage estimates,
/// `A_t = delta_t + gamma lambda A_{t+1}` with the TD errors `delta_t = R_t + gamma V(S_{t+1}) - V(S_t)`, which are the
/// lambda-returns less the values; and those returns, `A_t + V(S_t)`.
///
/// One value for each reward. `steps` says where episodes end: `terminated{}`, after which the value is 0, or
/// `truncated{v}`, where `v` is the value of the state after the last step, for one episode; or what each step is, a
/// range of `step` or `recorded_steps`. After an end nothing of the next episode is seen; at a skipped step the
/// estimates are 0, and its reward and value do not matter, be they NaN. Gamma and lambda are numbers in [0, 1], or
/// ranges with one for each step: `trace_parameters{.gamma = std::span(gammas), .lambda = 0.95}`, lambda of the state
/// in which the reward was earned.
///
/// `gae(rewards, values, steps, p, advantages, returns)` writes where the two iterators say, which may be where the
/// rewards and the values are, and returns their ends. Otherwise `std::array` in, `std::array` out, else `std::vector`.
/// The estimates are of the wider of the types of rewards and values, where integers take the type of the others;
/// `gae_in<double>(...)` computes and returns them in `double`.
///
/// Throws `invalid_value` for lengths that differ, for gamma or lambda outside [0, 1], and where the last step does not
/// end; rewards and values are not checked. A NaN among them makes the estimates of its episode NaN that depend on it,
/// and no others. O(n); nothing is allocated but the result. `float` and `double` are composed in registers, so that
/// the last digits may differ from those of `gae_in<deduced, sequential>`. Laws: lambda 1 gives the return less the
/// value; lambda 0 gives the TD errors; cutting an episode off at a step and giving `truncated{(1 - lambda) V + lambda
/// G}`, of the value V and the return G of the state there, changes nothing. Schulman et al. 2016, (11)-(16).
inline constexpr detail::gae_fn<deduced, deduced> gae{};

/// `gae_in<V, Order>`: the same, computed in V and in the order named, `sequential` or `in_register<Width>`.
template <class V = deduced, class Order = deduced>
inline constexpr detail::gae_fn<V, Order> gae_in{};

}  // namespace bellman
