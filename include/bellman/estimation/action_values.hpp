// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/estimation/internal/discounted_rewards.hpp>
#include <bellman/internal/element_at.hpp>
#include <bellman/internal/refuse.hpp>
#include <bellman/internal/verdict.hpp>
#include <bellman/scalar/arithmetic.hpp>
#include <bellman/scalar/as_number.hpp>
#include <bellman/scalar/field.hpp>
#include <bellman/scalar/internal/parts.hpp>
#include <bellman/scalar/internal/requirements.hpp>
#include <bellman/scalar/maximum.hpp>
#include <bellman/value/discount.hpp>

#include <concepts>
#include <cstddef>
#include <ranges>
#include <string>
#include <type_traits>

namespace bellman {

namespace refused {

struct actions_are_numbered_by_integers {};
struct of_intervals_no_value_is_the_greatest {};
struct these_values_cannot_be_multiplied_by_these_probabilities {};
struct this_is_no_share_of_these_values {};

}  // namespace refused

namespace detail {

[[noreturn]] inline void an_action_must_have_a_value(std::size_t action, std::size_t actions) {
  internal::refuse("bellman: action " + std::to_string(action) + " of a state with " + std::to_string(actions) +
                   " action values; they are counted from 0");
}
[[noreturn]] inline void a_state_needs_an_action_value() {
  internal::refuse("bellman: a state without action values; there must be at least one");
}
[[noreturn]] inline void an_action_value_must_be_a_number(std::size_t action) {
  internal::refuse("bellman: the value of action " + std::to_string(action) +
                   " is not a number; of such values none is the greatest");
}
[[noreturn]] inline void there_must_be_a_probability_for_each_action(std::size_t actions, std::size_t probabilities) {
  internal::refuse("bellman: " + std::to_string(actions) + " action values and " + std::to_string(probabilities) +
                   " probabilities; there must be one for each");
}

template <class Values>
using values_of_actions = internal::a_random_access_range_of_numbers_or_vectors<Values const&>;

template <class Values>
using forward_values_of_actions = internal::rule<(std::ranges::forward_range<Values const&> &&
                                                  internal::elements_are_numbers_or_vectors<Values const&>),
                                                 refused::this_is_no_range_of_numbers_that_can_be_walked_twice>;

template <class Action>
using a_number_of_an_action =
    internal::rule<internal::whole_number<Action>,
                   refused::actions_are_numbered_by_integers>;

// Values of which one is the greatest.
template <class Values>
struct values_with_an_order : internal::a_number_with_an_order<std::ranges::range_value_t<Values const&>> {};
template <class Values>
struct values_with_a_total_order : internal::rule<!internal::has_bounds<std::ranges::range_value_t<Values const&>>,
                                                  refused::of_intervals_no_value_is_the_greatest> {};

// Values, and numbers that they can be multiplied by.
template <class Values, class Probabilities>
consteval bool can_be_weighed() {
  using V = std::ranges::range_value_t<Values const&>;
  using P = std::ranges::range_value_t<Probabilities const&>;
  if constexpr (internal::number<V>) {
    return requires { typename std::common_type_t<V, P>; };
  } else {
    return vector_space_over<V, P>;
  }
}
template <class Values, class Probabilities>
struct probabilities_of_values : internal::rule<detail::can_be_weighed<Values, Probabilities>(),
                                                refused::these_values_cannot_be_multiplied_by_these_probabilities> {};

// A share in [0, 1], of the numbers of the values: what a discount is.
template <class Values, class F>
struct a_share_of_values
    : internal::rule<
          internal::accepts<internal::a_discount_for<F, number_t<std::ranges::range_value_t<Values const&>>>>,
          refused::this_is_no_share_of_these_values> {};

struct value_of_action_fn {
  template <class Values, class Action,
            class = typename internal::every<values_of_actions<Values>, a_number_of_an_action<Action>>::type::yes>
  [[nodiscard]] constexpr auto operator()(Values const& action_values, Action number) const {
    auto const n = static_cast<std::size_t>(std::ranges::distance(action_values));
    auto const action = static_cast<std::size_t>(number);
    if (!(action < n)) an_action_must_have_a_value(action, n);
    return std::ranges::range_value_t<Values>(internal::element_at(action_values, action));
  }
};

// A NaN is neither above nor below any value: whether it counted would depend on where it stands.
template <class V>
constexpr void check_action_value(V const& value, std::size_t action) {
  if (!(value == value)) an_action_value_must_be_a_number(action);
}

struct greatest_action_fn {
  template <class Values, class = typename internal::every<values_of_actions<Values>, values_with_an_order<Values>,
                                                           values_with_a_total_order<Values>>::type::yes>
  [[nodiscard]] constexpr std::size_t operator()(Values const& action_values) const {
    auto const begin = std::ranges::begin(action_values);
    auto const n = std::ranges::distance(action_values);
    if (n == 0) a_state_needs_an_action_value();
    std::ranges::range_difference_t<Values const> best = 0;
    for (std::ranges::range_difference_t<Values const> a = 0; a < n; ++a) {
      detail::check_action_value(begin[a], static_cast<std::size_t>(a));
      if (begin[best] < begin[a]) best = a;
    }
    return static_cast<std::size_t>(best);
  }
};

struct greatest_value_fn {
  template <class Values, class = typename internal::every<internal::a_forward_range_of_numbers<Values const&>,
                                                           values_with_an_order<Values>>::type::yes>
  [[nodiscard]] constexpr auto operator()(Values const& action_values) const {
    auto it = std::ranges::begin(action_values);
    auto const end = std::ranges::end(action_values);
    if (it == end) a_state_needs_an_action_value();
    using V = std::ranges::range_value_t<Values>;
    V greatest = *it;
    detail::check_action_value(greatest, 0);
    std::size_t action = 0;
    for (++it; it != end; ++it) {
      V const value = *it;
      detail::check_action_value(value, ++action);
      greatest = maximum(greatest, value);
    }
    return greatest;
  }
};

struct expected_value_fn {
  template <class Values, class Probabilities,
            class = typename internal::every<forward_values_of_actions<Values>,
                                             internal::a_forward_range_of_numbers<Probabilities const&>,
                                             probabilities_of_values<Values, Probabilities>>::type::yes>
  [[nodiscard]] constexpr auto operator()(Values const& action_values, Probabilities const& probabilities) const {
    auto const n = static_cast<std::size_t>(std::ranges::distance(action_values));
    auto const m = static_cast<std::size_t>(std::ranges::distance(probabilities));
    if (n != m) there_must_be_a_probability_for_each_action(n, m);
    if (n == 0) a_state_needs_an_action_value();
    auto p = std::ranges::begin(probabilities);
    auto q = std::ranges::begin(action_values);
    auto expected = product(*p, *q);
    for (void(++p), ++q; q != std::ranges::end(action_values); void(++p), ++q) {
      expected = sum(expected, product(*p, *q));
    }
    return expected;
  }
};

struct persistent_value_fn {
  template <class Values, class Action, class F,
            class = typename internal::every<values_of_actions<Values>, values_with_an_order<Values>,
                                             a_number_of_an_action<Action>, a_share_of_values<Values, F>>::type::yes>
  [[nodiscard]] constexpr auto operator()(Values const& action_values, Action action, F const& share) const {
    using V = number_t<std::ranges::range_value_t<Values>>;
    auto const alpha = discount_for<V>(share).value();  // it lies in [0, 1] as a discount does
    using W = std::remove_cvref_t<decltype(alpha)>;     // and widens the values as a discount does
    V const greatest(greatest_value_fn{}(action_values));
    V const taken(value_of_action_fn{}(action_values, action));
    return W(sum(greatest, product(alpha, difference(taken, greatest))));
  }
};

}  // namespace detail

/// `value_of_action(action_values, a)`: the value of action number a.
///
/// *Arguments*: the values of a state's actions, a random-access range; the number of one, from 0 on.
/// *Errors*: `invalid_value` if there is no such action.
/// *Cost*: constant.
/// *Use*:
///     bellman::value_of_action(std::array{1.0, 3.0}, 1) == 3.0
inline constexpr detail::value_of_action_fn value_of_action{};

/// `greatest_action(action_values)`: the number of the action with the greatest value, of equal ones the first.
///
/// *Arguments*: the values of a state's actions, a random-access range.
/// *Errors*: `invalid_value` if there is none, and for a NaN. Of intervals no action is the greatest: they do not
/// compile.
/// *Cost*: O(n).
/// *Use*:
///     bellman::greatest_action(std::array{1.0, 3.0, 3.0}) == 1
inline constexpr detail::greatest_action_fn greatest_action{};

/// `greatest_value(action_values)`: the greatest value, `max_a q(a)`.
///
/// *Arguments*: the values of a state's actions, a forward range.
/// *Errors*: `invalid_value` if there is none, and for a NaN.
/// *Cost*: O(n).
/// *Use*:
///     bellman::greatest_value(std::array{1.0, 3.0}) == 3.0
inline constexpr detail::greatest_value_fn greatest_value{};

/// `expected_value(action_values, probabilities)`: `sum_a pi(a) q(a)`.
///
/// *Arguments*: the values of a state's actions and a policy's probabilities of them, forward ranges. The probabilities
/// are checked where the policy was built: here only their number is.
/// *Errors*: `invalid_value` for lengths that differ, and for none.
/// *Cost*: O(n).
/// *Use*:
///     bellman::expected_value(std::array{1.0, 3.0}, std::array{0.5, 0.5}) == 2.0
inline constexpr detail::expected_value_fn expected_value{};

/// `persistent_value(action_values, a, alpha)`: `(1 - alpha) max q + alpha q(a)`: in a share alpha of the cases the
/// same action is taken again, which widens the gap between the best action and the others.
///
/// *Arguments*: the values of a state's actions, the number of the one taken before, a share in [0, 1].
/// *Errors*: those of `value_of_action` and `greatest_value`; `invalid_value` for a share outside [0, 1].
/// *Cost*: O(n).
/// *Source*: Bellemare et al. 2016, section 4.
/// *Use*:
///     bellman::persistent_value(std::array{1.0, 3.0}, 0, 0.5) == 2.0
inline constexpr detail::persistent_value_fn persistent_value{};

}  // namespace bellman
