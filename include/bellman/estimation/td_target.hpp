// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/affine/affine.hpp>
#include <bellman/decision/ending.hpp>
#include <bellman/value/discount.hpp>
#include <bellman/value/value_after.hpp>

namespace bellman {

namespace detail {

struct td_target_fn {
  template <class R, class G, class V>
  constexpr auto operator()(R const& reward, G const& gamma, V const& next_value) const {
    return affine{reward, discount_for<V>(gamma).value()}(next_value);
  }
  template <class R, class G>
  constexpr auto operator()(R const& reward, G const& gamma, terminated ending) const {
    return (*this)(reward, gamma, value_after<R>(ending));
  }
  template <class R, class G, class V>
  constexpr auto operator()(R const& reward, G const& gamma, truncated<V> const& ending) const {
    return (*this)(reward, gamma, value_after<V>(ending));
  }
};

}  // namespace detail

/// `td_target(reward, gamma, next_value)`: what one step says about the value before it, `R + gamma v(S')`: the affine
/// map of the step, at what the next state is worth.
///
/// The methods of TD learning differ in what they take for `v(S')`; below q are the action values of S':
///
/// | target of | method | v(S') |
/// |---|---|---|
/// | V(S) | TD(0) | `V(S')` |
/// | V(S) | QV-max | `greatest_value(q)` |
/// | Q(S, A) | Sarsa | `value_of_action(q, A')` |
/// | Q(S, A) | expected Sarsa | `expected_value(q, pi)` |
/// | Q(S, A) | Q-learning | `greatest_value(q)` |
/// | Q(S, A) | double Q-learning | `value_of_action(q, greatest_action(another_q))` |
/// | Q(S, A) | QV-learning | `V(S')` |
/// | Q(S, A) | persistent Q-learning | `persistent_value(q, A, alpha)` |
///
/// The TD error is the target less what it is a target of.
///
/// *Arguments*: a reward; a discount; what the next state is worth, or for a last step `terminated{}` or
/// `truncated{v}`.
/// *Errors*: `invalid_value` for a discount outside [0, 1].
/// *Cost*: one multiply-add.
/// *Laws* (tests/estimation/td_target.cpp): that of an action of a greedy policy is that of Q-learning; double
/// Q-learning with the same values twice is Q-learning.
/// *Source*: Sutton and Barto 2018, (6.2), (6.7), (6.9), (6.8); van Hasselt 2010; Wiering 2005; Wiering and van Hasselt
/// 2009; Bellemare et al. 2016.
/// *Use*:
///     bellman::td_target(1.0, 0.5, bellman::greatest_value(std::array{2.0, 4.0})) == 3.0
inline constexpr detail::td_target_fn td_target{};

}  // namespace bellman
