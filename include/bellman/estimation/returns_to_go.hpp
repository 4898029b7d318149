// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/affine/backward_pass.hpp>
#include <bellman/estimation/corrected_return.hpp>
#include <bellman/estimation/estimate.hpp>
#include <bellman/estimation/step.hpp>
#include <bellman/scalar/field.hpp>

#include <cstddef>
#include <iterator>
#include <ranges>

namespace bellman {

namespace detail {

// v = q = 0, c = 1.
template <class Rewards, class Gamma>
struct reward_terms {
  Rewards rewards;
  Gamma gamma;

  template <class At, class Step>
  [[gnu::always_inline]] constexpr auto operator()(At const& at, Step const& s) const {
    using X = typename At::value_type;
    auto const g = at.read_scalar(gamma);
    return correction{X(at.read_unless(s.skipped, rewards)), g, X{}, decltype(g)(1), X{}};
  }
};

template <class Value, class Order>
struct returns_to_go_fn {
  template <std::ranges::range Rewards, class Steps, class Gamma, std::random_access_iterator... Out>
    requires(sizeof...(Out) <= 1)
  constexpr auto operator()(Rewards&& rewards, Steps const& steps, Gamma const& gamma, Out... out) const {
    using V = widened_t<Value, estimate_t<Value, Steps, Rewards>, Gamma>;
    return estimates<V, Order>(rewards, steps, body<V>(rewards, gamma), out...);
  }

  template <class V, class Rewards, class Gamma>
  static constexpr auto body(Rewards const& rewards, Gamma const& gamma) {
    std::size_t const n = length_of(rewards);
    return [terms = reward_terms{column_of<V>(rewards, "rewards", n), gamma_column<V>(gamma, n)}](
               V const& after_last, auto const& out) { return corrected_return(after_last, terms, write_return{out}); };
  }
};

}  // namespace detail

/// `returns_to_go(rewards, steps, gamma)`: the discounted return from each step of a recording,
/// `G_t = R_t + gamma_t G_{t+1}`, where the return after a truncated step is the value that it gives.
///
/// For one episode they are the `discounted_returns`. Arguments, forms and errors as `gae`; a discount may be a range
/// with one for each step. Sutton and Barto 2018, (3.8).
inline constexpr detail::returns_to_go_fn<deduced, deduced> returns_to_go{};

/// `returns_to_go_in<V, Order>`: the same, computed in V and in the order named.
template <class V = deduced, class Order = deduced>
inline constexpr detail::returns_to_go_fn<V, Order> returns_to_go_in{};

}  // namespace bellman
