// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/decision/environment.hpp>
#include <bellman/value/choice.hpp>

#include <type_traits>

namespace bellman {

/// The choice of two players with opposite aims, one of whom moves in each state: the greatest action value where
/// `maximises(s)`, else the least.
///
/// *Arguments*: a predicate of a state.
/// *Errors*: those of `greedy_choice`.
/// *Laws*: with one player who maximises it is `greedy_choice`, with one who minimises that of the rewards with the
/// other sign, with the other sign; monotone, shifts by constants, does not expand: tests/value/turn_choice.cpp.
/// *Source*: Shapley 1953; of perfect information: Filar and Vrieze 1997, chapter 6.
/// *Use*:
///     [] {
///       auto const env = bellman::token_environment(
///           bellman::vocabulary(std::array<std::string_view, 2>{".", "a"}, 0), bellman::length_limit{2},
///           [](bellman::context const&, bellman::token t) { return 1.0 * t; });
///       auto const first_maximises = [](bellman::context const& c) { return c.size() == 0; };
///       bellman::bellman_operator const T(env, bellman::turn_choice{first_maximises}, bellman::discount(1.0));
///       return T(T([](bellman::context const&) { return 0.0; }))(bellman::context{}) == 1.0;
///     }()
template <class Maximises>
struct turn_choice {
  Maximises maximises;

  template <environment E, class Q>
  constexpr auto operator()(E const& env, state_t<E> const& s, Q const& q) const {
    using W = std::remove_cvref_t<decltype(greedy_choice{}(env, s, q))>;
    if (maximises(s)) return greedy_choice{}(env, s, q);
    return W(-greedy_choice{}(env, s, [&](action_t<E> const& a) { return W(-q(a)); }));
  }
};

template <class Maximises>
turn_choice(Maximises) -> turn_choice<Maximises>;

}  // namespace bellman
