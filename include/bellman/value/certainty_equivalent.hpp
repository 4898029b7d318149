// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/internal/verdict.hpp>
#include <bellman/probability/distribution.hpp>
#include <bellman/scalar/field.hpp>
#include <bellman/scalar/internal/rounded.hpp>
#include <bellman/scalar/magnitude.hpp>
#include <bellman/scalar/maximum.hpp>

#include <type_traits>

namespace bellman {

// How the outcomes of an action become its value: each is a function of a distribution and a number for each of its
// values. All are monotone; a constant that is added to all numbers is added to the result; so they are not expansive,
// and an operator made of them is a contraction.

/// Whether a type is one of them. Specialise it for one of your own.
template <class C>
inline constexpr bool is_certainty_equivalent_v = false;

namespace refused {

struct the_outcomes_are_combined_by_a_certainty_equivalent_of_which_is_certainty_equivalent_v_is_true {};

}  // namespace refused

namespace internal {

/// What combines the outcomes of an action.
template <class C>
struct a_certainty_equivalent
    : rule<is_certainty_equivalent_v<C>,
           refused::the_outcomes_are_combined_by_a_certainty_equivalent_of_which_is_certainty_equivalent_v_is_true> {};

/// The equivalent of outcomes that are worth `f(outcome)`. Numbers of which it is known how far rounding may have taken
/// them are compared as they were computed: the result can be no farther off than the one that is farthest.
template <class C, class D, class F>
constexpr auto equivalent_of(C const& equivalent, D const& d, F const& f) {
  using X = std::remove_cvref_t<decltype(f((*d.begin()).value))>;
  if constexpr (is_rounded<X>) {
    using V = scalar_t<X>;
    V off(0);
    V largest(0);
    V n(8);
    for (auto const& e : d) {
      X const x = f(e.value);
      if (off < x.error || !(x.error == x.error)) off = x.error;
      largest = maximum(largest, magnitude(x.value));
      n = n + V(4);
    }
    X total = equivalent(d, [&](auto const& o) { return X(f(o).value); });
    // Weights that are made of those of the distribution, such as shares of a level, are rounded too.
    total.error = total.error + off + n * X::unit * largest;
    return total;
  } else {
    return equivalent(d, f);
  }
}

}  // namespace internal

/// The mean of the outcomes: what an operator takes if nothing else is said.
struct expected_outcome {
  template <class D, class F>
  constexpr auto operator()(D const& d, F const& f) const {
    return expectation(d, f);
  }
};

template <>
inline constexpr bool is_certainty_equivalent_v<expected_outcome> = true;

}  // namespace bellman
