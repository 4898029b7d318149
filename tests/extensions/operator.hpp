// SPDX-License-Identifier: BSL-1.0
#pragma once

// [block]
#include <bellman/decision/environment.hpp>
#include <bellman/probability/distribution.hpp>
#include <bellman/scalar/arithmetic.hpp>
#include <bellman/scalar/field.hpp>
#include <bellman/value/certainty_equivalent.hpp>
#include <bellman/value/choice.hpp>
#include <bellman/value/worst_case.hpp>

namespace extensions {

// Two who play against each other: where `first(s)` holds the first one moves and wants much, elsewhere the other.
template <class First>
struct by_turns {
  First first;

  template <bellman::environment E, class Q>
  constexpr auto operator()(E const& env, bellman::state_t<E> const& s, Q const& q) const {
    bool const wants_much = first(s);
    auto const signed_value = [&](auto const& a) { return wants_much ? q(a) : -q(a); };
    auto const best = bellman::greedy_choice{}(env, s, signed_value);
    return wants_much ? best : -best;
  }
};

// Half the mean, half the worst outcome: monotone, and a constant that is added comes out again.
struct cautious {
  template <class D, class F>
  constexpr auto operator()(D const& outcomes, F const& f) const {
    auto const total = bellman::sum(bellman::expectation(outcomes, f), bellman::worst_case{}(outcomes, f));
    return bellman::quotient(total, bellman::scalar_t<decltype(total)>(2));
  }
};

}  // namespace extensions

template <>
inline constexpr bool bellman::is_certainty_equivalent_v<extensions::cautious> = true;
// [block]
