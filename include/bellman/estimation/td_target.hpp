// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/affine/affine.hpp>
#include <bellman/decision/ending.hpp>
#include <bellman/error.hpp>
#include <bellman/scalar/arithmetic.hpp>
#include <bellman/scalar/maximum.hpp>
#include <bellman/value/discount.hpp>
#include <bellman/value/return.hpp>

#include <cstddef>
#include <ranges>
#include <string>

namespace bellman {

namespace detail {

[[noreturn]] inline void an_action_must_have_a_value(std::size_t action, std::size_t actions) {
  throw invalid_value("bellman: action " + std::to_string(action) + " of a state with " + std::to_string(actions) +
                      " action values; they are counted from 0");
}
[[noreturn]] inline void a_state_needs_an_action_value() {
  throw invalid_value("bellman: a state without action values; there must be at least one");
}
[[noreturn]] inline void an_action_value_must_be_a_number(std::size_t action) {
  throw invalid_value("bellman: the value of action " + std::to_string(action) +
                      " is not a number; of such values none is the greatest");
}
[[noreturn]] inline void there_must_be_a_probability_for_each_action(std::size_t actions, std::size_t probabilities) {
  throw invalid_value("bellman: " + std::to_string(actions) + " action values and " + std::to_string(probabilities) +
                      " probabilities; there must be one for each");
}

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

struct value_of_action_fn {
  template <std::ranges::random_access_range Values>
  constexpr auto operator()(Values const& action_values, std::size_t action) const {
    auto const n = static_cast<std::size_t>(std::ranges::distance(action_values));
    if (!(action < n)) an_action_must_have_a_value(action, n);
    using D = std::ranges::range_difference_t<Values const>;
    return std::ranges::range_value_t<Values>(std::ranges::begin(action_values)[static_cast<D>(action)]);
  }
};

// A NaN is neither above nor below any value: whether it counted would depend on where it stands.
template <class V>
constexpr void check_action_value(V const& value, std::size_t action) {
  if (!(value == value)) an_action_value_must_be_a_number(action);
}

struct greatest_action_fn {
  template <std::ranges::random_access_range Values>
  constexpr std::size_t operator()(Values const& action_values) const {
    static_assert(
        !requires(std::ranges::range_value_t<Values> const& q) { q.lower(); },
        "bellman: the greatest action needs values with a total order, which intervals have not");
    auto const begin = std::ranges::begin(action_values);
    auto const n = std::ranges::distance(action_values);
    if (n == 0) a_state_needs_an_action_value();
    std::ranges::range_difference_t<Values const> best = 0;
    for (std::ranges::range_difference_t<Values const> a = 0; a < n; ++a) {
      check_action_value(begin[a], static_cast<std::size_t>(a));
      if (begin[best] < begin[a]) best = a;
    }
    return static_cast<std::size_t>(best);
  }
};

struct greatest_value_fn {
  template <std::ranges::forward_range Values>
  constexpr auto operator()(Values const& action_values) const {
    auto it = std::ranges::begin(action_values);
    auto const end = std::ranges::end(action_values);
    if (it == end) a_state_needs_an_action_value();
    using V = std::ranges::range_value_t<Values>;
    V greatest = *it;
    check_action_value(greatest, 0);
    std::size_t action = 0;
    for (++it; it != end; ++it) {
      V const value = *it;
      check_action_value(value, ++action);
      greatest = maximum(greatest, value);
    }
    return greatest;
  }
};

struct expected_value_fn {
  template <std::ranges::forward_range Values, std::ranges::forward_range Probabilities>
  constexpr auto operator()(Values const& action_values, Probabilities const& probabilities) const {
    auto const n = static_cast<std::size_t>(std::ranges::distance(action_values));
    auto const m = static_cast<std::size_t>(std::ranges::distance(probabilities));
    if (n != m) there_must_be_a_probability_for_each_action(n, m);
    if (n == 0) a_state_needs_an_action_value();
    auto p = std::ranges::begin(probabilities);
    auto q = std::ranges::begin(action_values);
    auto expected = product(*p, *q);
    for (++p, ++q; q != std::ranges::end(action_values); ++p, ++q) expected = sum(expected, product(*p, *q));
    return expected;
  }
};

struct persistent_value_fn {
  template <std::ranges::random_access_range Values, class F>
  constexpr auto operator()(Values const& action_values, std::size_t action, F const& share) const {
    using V = std::ranges::range_value_t<Values>;
    auto const alpha = discount_for<V>(share).value();  // it lies in [0, 1] as a discount does
    V const greatest = greatest_value_fn{}(action_values);
    return V(sum(greatest, product(alpha, difference(value_of_action_fn{}(action_values, action), greatest))));
  }
};

}  // namespace detail

/// `td_target(reward, gamma, next_value)`: what one step says about the value before it, `R + gamma v(S')`: the affine
/// map of the step, at what the next state is worth. For a last step `next_value` is `terminated{}` or `truncated{v}`.
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
/// The TD error is the target less what it is a target of. Throws `invalid_value` for a discount outside [0, 1].
/// Sutton and Barto 2018, (6.2), (6.7), (6.9), (6.8); van Hasselt 2010; Wiering 2005; Wiering and van Hasselt 2009;
/// Bellemare et al. 2016. Laws: that of an action of a greedy policy is that of Q-learning; double Q-learning with the
/// same values twice is Q-learning.
inline constexpr detail::td_target_fn td_target{};

/// `value_of_action(action_values, a)`: the value of action number a. `invalid_value` if there is none.
inline constexpr detail::value_of_action_fn value_of_action{};

/// `greatest_action(action_values)`: the number of the action with the greatest value, of equal ones the first;
/// `invalid_value` if there is none, and for a NaN. Of intervals no action is the greatest: they do not compile.
inline constexpr detail::greatest_action_fn greatest_action{};

/// `greatest_value(action_values)`: the greatest value; `invalid_value` if there is none, and for a NaN.
inline constexpr detail::greatest_value_fn greatest_value{};

/// `expected_value(action_values, probabilities)`: `sum_a pi(a) q(a)`. The probabilities are those of a policy, checked
/// where it was built: here only their number is.
inline constexpr detail::expected_value_fn expected_value{};

/// `persistent_value(action_values, a, alpha)`: `(1 - alpha) max q + alpha q(a)`: in a share alpha of the cases the
/// same action is taken again. It widens the gap between the best action and the others. Bellemare et al. 2016, section
/// 4.
inline constexpr detail::persistent_value_fn persistent_value{};

}  // namespace bellman
