// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/internal/verdict.hpp>
#include <bellman/probability/internal/logits.hpp>
#include <bellman/probability/weight.hpp>
#include <bellman/scalar/exponential.hpp>
#include <bellman/scalar/field.hpp>
#include <bellman/scalar/internal/parts.hpp>
#include <bellman/scalar/internal/requirements.hpp>

#include <concepts>
#include <limits>
#include <ranges>
#include <type_traits>
#include <utility>

namespace bellman {

namespace refused {

struct a_distribution_is_a_range_of_elements_with_a_value_and_a_probability {};
struct a_distribution_must_be_a_range_that_can_be_walked_twice {};
struct a_distribution_must_be_a_range_that_can_be_walked_where_it_is_const {};
struct probabilities_must_be_of_an_ordered_field_and_integers_are_not {};
struct these_probabilities_are_no_numbers_and_need_weights_in_a_field {};
struct the_function_cannot_be_called_with_the_values_of_the_distribution {};
struct the_function_must_return_a_value_for_each_value_of_the_distribution {};
struct the_function_must_return_a_number_or_a_vector_that_the_probabilities_can_weigh {};
struct the_function_must_return_a_distribution_for_each_value_of_the_distribution {};
struct the_condition_must_answer_the_values_of_the_distribution_with_a_bool {};
struct logits_must_be_a_range_of_floating_point_numbers {};
struct logits_must_be_a_range_that_can_be_walked_twice {};
struct values_must_be_a_range {};
struct values_must_be_a_range_that_can_be_walked_twice {};
struct this_is_no_uniform_random_bit_generator {};

}  // namespace refused

namespace internal {

template <class D>
using element_of_t = std::ranges::range_reference_t<D const>;

template <class D>
concept has_values_and_probabilities = std::ranges::input_range<D const> && requires(element_of_t<D> const e) {
  e.value;
  e.probability;
};

template <class D>
using value_of_t = std::remove_cvref_t<decltype(std::declval<element_of_t<D>>().value)>;
template <class D>
using probability_of_t = std::remove_cvref_t<decltype(std::declval<element_of_t<D>>().probability)>;

template <class D>
consteval auto judge_distribution() {
  if constexpr (std::ranges::input_range<D> && !std::ranges::range<D const>) {
    return refused::a_distribution_must_be_a_range_that_can_be_walked_where_it_is_const{};
  } else if constexpr (!has_values_and_probabilities<D>) {
    return refused::a_distribution_is_a_range_of_elements_with_a_value_and_a_probability{};
  } else if constexpr (!std::ranges::forward_range<D const>) {
    return refused::a_distribution_must_be_a_range_that_can_be_walked_twice{};
  } else if constexpr (!weight<probability_of_t<D>>) {
    return refused::probabilities_must_be_of_an_ordered_field_and_integers_are_not{};
  } else {
    return accepted{};
  }
}

/// A distribution with finite support.
template <class D>
struct a_distribution {
  using type = decltype(internal::judge_distribution<D>());
};

/// What a function answers the values of a distribution with.
template <class F, class D>
using image_t = std::remove_cvref_t<decltype(std::declval<F&>()(std::declval<value_of_t<D> const&>()))>;

// As it is called: a pointer to a member is not.
template <class F, class D>
concept takes_the_values_of = requires(F& f, value_of_t<D> const& x) {
  f(x);
};

template <class F, class D>
consteval auto judge_image() {
  if constexpr (!takes_the_values_of<F, D>) {
    return refused::the_function_cannot_be_called_with_the_values_of_the_distribution{};
  } else if constexpr (std::is_void_v<image_t<F, D>>) {
    return refused::the_function_must_return_a_value_for_each_value_of_the_distribution{};
  } else {
    return accepted{};
  }
}

/// A function of the values of a distribution `D`.
template <class F, class D>
struct a_function_of_the_values_of {
  using type = decltype(internal::judge_image<F, D>());
};

template <class F, class D>
consteval auto judge_random_variable() {
  if constexpr (!accepts<a_function_of_the_values_of<F, D>>) {
    return internal::judge_image<F, D>();
  } else if constexpr (!number_or_vector<image_t<F, D>> || !can_weigh<probability_of_t<D>, image_t<F, D>>) {
    return refused::the_function_must_return_a_number_or_a_vector_that_the_probabilities_can_weigh{};
  } else {
    return accepted{};
  }
}

/// A function of the values of a distribution `D` that has an expectation.
template <class F, class D>
struct a_random_variable_of {
  using type = decltype(internal::judge_random_variable<F, D>());
};

template <class K, class D>
consteval auto judge_kernel() {
  if constexpr (!accepts<a_function_of_the_values_of<K, D>>) {
    return internal::judge_image<K, D>();
  } else if constexpr (!accepts<a_distribution<image_t<K, D>>>) {
    return refused::the_function_must_return_a_distribution_for_each_value_of_the_distribution{};
  } else if constexpr (!can_weigh<probability_of_t<D>, probability_of_t<image_t<K, D>>>) {
    return refused::the_function_must_return_a_number_or_a_vector_that_the_probabilities_can_weigh{};
  } else {
    return accepted{};
  }
}

/// A function that answers each value of a distribution `D` with a distribution.
template <class K, class D>
struct a_kernel_from {
  using type = decltype(internal::judge_kernel<K, D>());
};

/// A predicate of the values of a distribution `D`.
template <class Condition, class D>
using a_condition_of = rule<(takes_the_values_of<Condition, D> && std::predicate<Condition&, value_of_t<D> const&>),
                            refused::the_condition_must_answer_the_values_of_the_distribution_with_a_bool>;

/// A number that can be a logit: it can be minus infinity, and has an exponential.
template <class L>
concept logit = field<computed_t<L>> && std::numeric_limits<primal_t<computed_t<L>>>::has_infinity &&
                std::invocable<decltype(exp), computed_t<L>>;

template <class Logits>
consteval auto judge_logits() {
  if constexpr (!elements_are_numbers<Logits>) {
    return refused::logits_must_be_a_range_of_floating_point_numbers{};
  } else if constexpr (!logit<elements_of_t<Logits>>) {
    return refused::logits_must_be_a_range_of_floating_point_numbers{};
  } else {
    return accepted{};
  }
}

/// A range of logits.
template <class Logits>
struct a_range_of_logits {
  using type = decltype(internal::judge_logits<Logits>());
};

/// A range of logits that is read more than once.
template <class Logits>
using a_forward_range_of_logits =
    every<a_range_of_logits<Logits>,
          rule<std::ranges::forward_range<Logits>, refused::logits_must_be_a_range_that_can_be_walked_twice>>;

template <class Values>
using a_range_of_values = rule<std::ranges::input_range<Values>, refused::values_must_be_a_range>;

}  // namespace internal

}  // namespace bellman
