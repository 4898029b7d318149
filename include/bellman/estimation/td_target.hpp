// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/affine/affine.hpp>
#include <bellman/decision/ending.hpp>
#include <bellman/estimation/internal/discounted_rewards.hpp>
#include <bellman/estimation/step.hpp>
#include <bellman/estimation/steps_or_ending.hpp>
#include <bellman/internal/verdict.hpp>
#include <bellman/scalar/internal/requirements.hpp>
#include <bellman/value/discount.hpp>
#include <bellman/value/value_after.hpp>

#include <concepts>
#include <type_traits>

namespace bellman {

namespace refused {

struct reward_and_next_value_are_not_of_the_same_numbers {};

}  // namespace refused

namespace detail {

// The type of what comes after a reward of type R.
template <class R, class Next>
struct next_value_of {
  using type = Next;
};
template <class R>
struct next_value_of<R, terminated> {
  using type = R;
};
template <class R, class V>
struct next_value_of<R, truncated<V>> {
  using type = V;
};
template <class R, class Next>
using value_of_next = typename next_value_of<R, Next>::type;

template <class R, class V>
inline constexpr bool are_of_the_same_numbers = std::same_as<R, V>;
template <internal::number R, internal::number V>
inline constexpr bool are_of_the_same_numbers<R, V> = requires {
  typename std::common_type_t<R, V>;
};

// A reward, what comes after it, and a discount of that.
template <class R, class Next, class G>
using a_target_of_one_step =
    internal::every<internal::a_number_or_vector<R>,
                    internal::rule<!std::same_as<Next, truncated<>>,
                                   refused::a_truncated_episode_needs_the_value_of_the_state_after_it>,
                    internal::a_number_or_vector<value_of_next<R, Next>>,
                    internal::rule<are_of_the_same_numbers<R, value_of_next<R, Next>>,
                                   refused::reward_and_next_value_are_not_of_the_same_numbers>,
                    internal::a_discount_for<G, value_of_next<R, Next>>>;

struct td_target_fn {
  template <class R, class Next, class G, class = typename a_target_of_one_step<R, Next, G>::type::yes>
  [[nodiscard]] constexpr auto operator()(R const& reward, Next const& next_value, G const& gamma) const {
    using V = value_of_next<R, Next>;
    if constexpr (internal::is_ending<Next>) {
      return affine{reward, discount_for<V>(gamma).value()}(value_after<V>(next_value));
    } else {
      return affine{reward, discount_for<V>(gamma).value()}(next_value);
    }
  }
};

}  // namespace detail

/// `td_target(reward, next_value, gamma)`: what one step says about the value before it, `R + gamma v(S')`: the affine
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
/// *Arguments*: a reward; what the next state is worth, or for a last step `terminated{}` or `truncated{v}`; a
/// discount.
/// *Errors*: `invalid_value` for a discount outside [0, 1].
/// *Cost*: one multiply-add.
/// *Laws* (tests/estimation/td_target.cpp): that of an action of a greedy policy is that of Q-learning; double
/// Q-learning with the same values twice is Q-learning.
/// *Source*: Sutton and Barto 2018, (6.2), (6.7), (6.9), (6.8); van Hasselt 2010; Wiering 2005; Wiering and van Hasselt
/// 2009; Bellemare et al. 2016.
/// *Use*:
///     bellman::td_target(1.0, bellman::greatest_value(std::array{2.0, 4.0}), 0.5) == 3.0
inline constexpr detail::td_target_fn td_target{};

}  // namespace bellman
