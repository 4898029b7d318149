// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/internal/verdict.hpp>
#include <bellman/learning/feature.hpp>
#include <bellman/scalar/field.hpp>

#include <concepts>
#include <cstddef>
#include <ranges>
#include <type_traits>

namespace bellman {

namespace refused {

struct a_prediction_names_the_type_of_its_numbers_a_field_as_value_type {};
struct a_prediction_has_weights_that_can_be_changed {};
struct the_prediction_cannot_be_called_with_this_state_or_this_state_and_action {};
struct the_prediction_has_no_gradient_for_this_state_or_this_state_and_action {};

}  // namespace refused

namespace internal {

/// Takes the components of a gradient.
template <class V>
struct gradient_visitor {
  constexpr void operator()(std::size_t, V const&) const {}
};

template <class P>
concept names_its_values = requires {
  typename P::value_type;
  requires field<typename P::value_type>;
};
template <class P>
concept has_weights = requires(P& p, P const& c, std::size_t n) {
  { p.weights()[n] } -> std::same_as<typename P::value_type&>;
  { c.weights()[n] } -> std::convertible_to<typename P::value_type>;
  { c.weights().size() } -> std::convertible_to<std::size_t>;
};
template <class P, class... Key>
concept predicts = requires(P const& p, Key const&... key) {
  { p(key...) } -> std::convertible_to<typename P::value_type>;
};
template <class P, class... Key>
concept has_a_gradient = requires(P& p, gradient_visitor<typename P::value_type> const& visit, Key const&... key) {
  p.gradient(visit, key...);
};

template <class P>
consteval auto judge_prediction() {
  if constexpr (!names_its_values<P>) {
    return refused::a_prediction_names_the_type_of_its_numbers_a_field_as_value_type{};
  } else if constexpr (!has_weights<P>) {
    return refused::a_prediction_has_weights_that_can_be_changed{};
  } else {
    return accepted{};
  }
}

/// What has weights that can be learned.
template <class P>
struct a_prediction {
  using type = decltype(internal::judge_prediction<P>());
};

template <class P, class... Key>
consteval auto judge_prediction_of() {
  if constexpr (!predicts<P, Key...>) {
    return refused::the_prediction_cannot_be_called_with_this_state_or_this_state_and_action{};
  } else if constexpr (!has_a_gradient<P, Key...>) {
    return refused::the_prediction_has_no_gradient_for_this_state_or_this_state_and_action{};
  } else {
    return accepted{};
  }
}

/// A prediction that is one of these.
template <class P, class... Key>
struct a_prediction_of {
  using type = decltype(internal::judge_prediction_of<P, Key...>());
};

}  // namespace internal

/// What is learned: a number for each state, or for each state and action, that depends on weights.
///
/// Minimal definition, with `key...` a state, or a state and an action:
///  - `value_type`, a field;
///  - `p(key...)`: the number;
///  - `p.gradient(visit, key...)`: calls `visit(i, d)` for the components of the derivative of `p(key...)` with respect
///    to the weights that may differ from zero, `d` being that of weight `i`; a table may grow by it;
///  - `p.weights()`: what the weights are changed in, a random-access range with `size()`.
///
/// Axioms:
///  1. `p(key...)` changes only where weights do; a table that grows does not change what it says;
///  2. where it is linear in its weights, `p(key...)` is the sum of `d * weights()[i]`.
///
/// Models: `value_table`, `linear_prediction`, `differentiable_prediction`, `double_prediction`.
template <class P, class... Key>
concept prediction_of =
    internal::accepts<internal::every<internal::a_prediction<P>, internal::a_prediction_of<P, Key...>>>;

}  // namespace bellman
