// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/estimation/corrected_return.hpp>
#include <bellman/estimation/estimate.hpp>
#include <bellman/estimation/step.hpp>

#include <concepts>
#include <cstddef>
#include <iterator>
#include <ranges>

namespace bellman {

/// The terms of a return that mixes, by lambda, the value of each state with the return from it: `v = q = V(S_t)`,
/// `c = lambda`.
template <class Rewards, class Values, class Gamma, class Lambda>
struct value_terms {
  Rewards rewards;
  Values values;
  Gamma gamma;
  Lambda lambda;

  template <class At, class Step>
  [[gnu::always_inline]] constexpr auto operator()(At const& at, Step const& s) const {
    auto const v = at.read_unless(s.skipped, values);
    return correction{at.read_unless(s.skipped, rewards), at.read_scalar(gamma), v, at.read_scalar(lambda), v};
  }
};

/// `value_terms_of<V>(rewards, values, gamma, lambda)`: these terms of ranges and numbers, checked.
template <class V, class Rewards, class Values, class Gamma, class Lambda>
constexpr auto value_terms_of(Rewards const& rewards, Values const& values, Gamma const& gamma, Lambda const& lambda) {
  std::size_t const n = length_of(rewards);
  return value_terms{column_of<V>(rewards, "rewards", n), column_of<V>(values, "values", n), gamma_column<V>(gamma, n),
                     lambda_column<V>(lambda, n)};
}

namespace detail {

template <class Value, class Order>
struct lambda_returns_fn {
  template <std::ranges::range Rewards, std::ranges::range Values, class Steps, std::random_access_iterator... Out>
    requires(sizeof...(Out) <= 1)
  constexpr auto operator()(Rewards&& rewards, Values&& values, Steps const& steps, braced_parameters<Rewards> p,
                            Out... out) const {
    using V = estimate_t<Value, Steps, Rewards, Values>;
    return estimates<V, Order>(rewards, steps, body<V>(rewards, values, p), out...);
  }
  template <std::ranges::range Rewards, std::ranges::range Values, class Steps, class G, class L,
            std::random_access_iterator... Out>
    requires(sizeof...(Out) <= 1 && !std::same_as<trace_parameters<G, L>, braced_parameters<Rewards>>)
  constexpr auto operator()(Rewards&& rewards, Values&& values, Steps const& steps, trace_parameters<G, L> const& p,
                            Out... out) const {
    using V = widened_t<Value, estimate_t<Value, Steps, Rewards, Values>, G, L>;
    return estimates<V, Order>(rewards, steps, body<V>(rewards, values, p), out...);
  }

  template <class V, class Rewards, class Values, class Parameters>
  static constexpr auto body(Rewards const& rewards, Values const& values, Parameters const& p) {
    return [terms = value_terms_of<V>(rewards, values, p.gamma, p.lambda)](V const& after_last, auto const& out) {
      return corrected_return(after_last, terms, write_return{out});
    };
  }
};

}  // namespace detail

/// `lambda_returns(rewards, values, steps, {.gamma = g, .lambda = l})`: the returns that mix the value of each later
/// state with the return from it, `G_t = R_t + gamma_t ((1 - lambda_{t+1}) V(S_{t+1}) + lambda_{t+1} G_{t+1})`.
///
/// One value for each reward, that of the state in which it was earned; `lambda_t`, where lambda is a range, belongs to
/// that state as well, and `gamma_t` to the reward. Lambda 0 gives the targets of TD(0), lambda 1 the returns to go;
/// with the values of the actions taken for `values` it is Sarsa(lambda), with the greatest action values Peng's
/// Q(lambda). Arguments, forms and errors as `gae`. Sutton and Barto 2018, (12.2), (12.18).
inline constexpr detail::lambda_returns_fn<deduced, deduced> lambda_returns{};

/// `lambda_returns_in<V, Order>`: the same, computed in V and in the order named.
template <class V = deduced, class Order = deduced>
inline constexpr detail::lambda_returns_fn<V, Order> lambda_returns_in{};

}  // namespace bellman
