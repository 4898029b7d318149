// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/estimation/corrected_return.hpp>
#include <bellman/estimation/estimate.hpp>
#include <bellman/estimation/lambda_returns.hpp>
#include <bellman/estimation/step.hpp>

#include <iterator>
#include <ranges>

namespace bellman {

namespace detail {

template <class Value, class Order>
struct td_errors_fn {
  template <std::ranges::range Rewards, std::ranges::range Values, class Steps, class Gamma,
            std::random_access_iterator... Out>
    requires(sizeof...(Out) <= 1)
  constexpr auto operator()(Rewards&& rewards, Values&& values, Steps const& steps, Gamma const& gamma,
                            Out... out) const {
    using V = widened_t<Value, estimate_t<Value, Steps, Rewards, Values>, Gamma>;
    return estimates<V, Order>(rewards, steps, body<V>(rewards, values, gamma), out...);
  }

  template <class V, class Rewards, class Values, class Gamma>
  static constexpr auto body(Rewards const& rewards, Values const& values, Gamma const& gamma) {
    return [terms = value_terms_of<V>(rewards, values, gamma, 0)](V const& after_last, auto const& out) {
      return corrected_return(after_last, terms, write_error{out});
    };
  }
};

}  // namespace detail

/// `td_errors(rewards, values, steps, gamma)`: `delta_t = R_t + gamma V(S_{t+1}) - V(S_t)`, how far the Bellman
/// equation is from holding along a recording.
///
/// Arguments, forms and errors as `gae`, of which it is the case lambda 0. Sutton and Barto 2018, (6.5).
inline constexpr detail::td_errors_fn<deduced, deduced> td_errors{};

/// `td_errors_in<V, Order>`: the same, computed in V and in the order named.
template <class V = deduced, class Order = deduced>
inline constexpr detail::td_errors_fn<V, Order> td_errors_in{};

}  // namespace bellman
