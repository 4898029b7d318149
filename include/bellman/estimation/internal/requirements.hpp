// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/affine/order.hpp>
#include <bellman/decision/ending.hpp>
#include <bellman/estimation/estimator.hpp>
#include <bellman/estimation/internal/estimate_type.hpp>
#include <bellman/estimation/internal/nowhere.hpp>
#include <bellman/estimation/internal/parameter_columns.hpp>
#include <bellman/estimation/recorded_steps.hpp>
#include <bellman/estimation/step.hpp>
#include <bellman/estimation/steps_or_ending.hpp>
#include <bellman/estimation/trace_parameters.hpp>
#include <bellman/internal/literal.hpp>
#include <bellman/internal/verdict.hpp>
#include <bellman/layout/layout.hpp>
#include <bellman/scalar/field.hpp>
#include <bellman/scalar/internal/requirements.hpp>
#include <bellman/value/discount.hpp>

#include <bit>
#include <concepts>
#include <cstddef>
#include <iterator>
#include <ranges>
#include <type_traits>
#include <utility>

namespace bellman {

namespace refused {

template <internal::literal Name>
struct this_column_is_no_random_access_range_of_numbers {};
template <internal::literal Name>
struct this_column_is_not_of_the_numbers_of_the_estimates {};
struct rewards_and_values_have_no_number_type_in_common {};
struct this_is_no_type_to_estimate_in {};
struct these_are_not_the_parameters_of_the_estimator {};
struct gamma_is_neither_a_discount_of_these_rewards_nor_one_for_each {};
struct rewards_of_numbers_without_an_order_have_no_discount {};
struct lambda_is_neither_a_number_of_these_rewards_nor_one_for_each {};
struct n_is_an_integer_and_gamma_is_none {};
struct there_must_be_one_random_access_iterator_for_each_output_or_none {};
struct the_order_of_an_estimator_is_sequential_or_in_register {};
struct only_several_sequences_are_estimated_in_parallel {};
struct a_recording_of_several_sequences_lies_in_one_layout_with_what_belongs_to_its_steps {};

}  // namespace refused

namespace internal {

// --- Columns

template <class Range>
concept column_of_values =
    std::ranges::random_access_range<Range const&> && elements_are_numbers_or_vectors<Range const&>;
template <class Range>
concept column_of_scalars = std::ranges::random_access_range<Range const&> && elements_are_numbers<Range const&>;

template <class Kind, class Range>
consteval auto judge_column() {
  using refusal = refused::this_column_is_no_random_access_range_of_numbers<Kind::name>;
  if constexpr (!column_of_values<Range>) {
    return refusal{};
  } else if constexpr (std::is_void_v<typename Kind::template value_read<Range>> && !column_of_scalars<Range>) {
    return refusal{};
  } else {
    return accepted{};
  }
}

/// What an estimator reads by the name of its kind: a random-access range, also when it is const, of values or scalars.
template <class Kind, class Range>
struct a_column {
  using type = decltype(internal::judge_column<Kind, Range>());
};

/// Whether the elements of a range can be made a V.
template <class V, class Range>
concept made_of_elements = std::constructible_from<V, std::ranges::range_reference_t<Range const&>>;

// Of columns only: a column of the numbers that estimates of V are made of.
template <class Kind, class Range, class V>
using a_column_for = rule<made_of_elements<typename Kind::template number<V>, Range>,
                          refused::this_column_is_not_of_the_numbers_of_the_estimates<Kind::name>>;

// --- Parameters

template <class P, class Q>
inline constexpr bool of_one_template = std::same_as<P, Q>;
template <template <class...> class T, class... A, class... B>
inline constexpr bool of_one_template<T<A...>, T<B...>> = true;

template <class P>
inline constexpr bool is_trace_parameters = false;
template <class Gamma, class Lambda>
inline constexpr bool is_trace_parameters<trace_parameters<Gamma, Lambda>> = true;

template <class P, class Estimator>
consteval bool are_parameters_of() {
  if constexpr (!has_parameters_in_braces<Estimator>) {
    return !is_trace_parameters<P>;  // not asked whether they are a number: they can't be made of nothing
  } else if constexpr (of_one_template<P, typename Estimator::template parameters<double>>) {
    return true;
  } else if constexpr (requires(P const& p) { typename Estimator::template parameters<decltype(P::gamma)>; }) {
    return std::same_as<P, typename Estimator::template parameters<decltype(P::gamma)>>;
  } else {
    return false;
  }
}

/// The parameters of an estimator, which are known by their type: no member of a number counts as one.
template <class P, class Estimator>
using parameters_of =
    rule<internal::are_parameters_of<P, Estimator>(), refused::these_are_not_the_parameters_of_the_estimator>;

template <class X>
concept number_with_an_order = accepts<a_number_with_an_order<X>>;

template <class G, class V>
consteval bool is_gamma_for() {
  if constexpr (!number_with_an_order<number_of_t<G>>) {
    return false;
  } else if constexpr (one_for_each_step<G>) {
    return made_of_elements<scalar_t<V>, G>;
  } else {
    using F = discount_scalar_t<scalar_t<V>, G>;
    if constexpr (ordered_field<F> && std::constructible_from<F, number_of_t<G> const&>) {
      return std::constructible_from<scalar_t<V>, F const&>;
    } else {
      return false;
    }
  }
}
template <class L, class V>
consteval bool is_lambda_for() {
  if constexpr (!number_with_an_order<number_of_t<L>>) {
    return false;
  } else if constexpr (one_for_each_step<L>) {
    return made_of_elements<scalar_t<V>, L>;
  } else {
    return number<L> && std::constructible_from<scalar_t<V>, L const&>;
  }
}

template <class G, class V>
consteval auto judge_gamma() {
  using refusal = refused::gamma_is_neither_a_discount_of_these_rewards_nor_one_for_each;
  if constexpr (internal::is_gamma_for<G, V>()) {
    return accepted{};
  } else if constexpr (one_for_each_step<G> || !number_with_an_order<number_of_t<G>>) {
    return refusal{};
  } else if constexpr (!ordered_field<scalar_t<V>>) {
    return refused::rewards_of_numbers_without_an_order_have_no_discount{};
  } else {
    return refusal{};
  }
}

/// A discount of values V, or one for each step; a decay, likewise.
template <class G, class V>
struct a_gamma_for {
  using type = decltype(internal::judge_gamma<G, V>());
};
template <class L, class V>
using a_lambda_for =
    rule<internal::is_lambda_for<L, V>(), refused::lambda_is_neither_a_number_of_these_rewards_nor_one_for_each>;

/// A number of steps beside a discount: both are small numbers, and must not be mistaken for one another.
template <class N, class Gamma>
using n_before_gamma = rule<(whole_number<N> && !std::integral<Gamma>), refused::n_is_an_integer_and_gamma_is_none>;

// Of an estimator's parameters only: that they are numbers, or one for each step.
template <class P, class Estimator>
struct numbers_for_parameters
    : every<rule<number_with_an_order<number_of_t<gamma_t<Estimator, P>>>,
                 refused::gamma_is_neither_a_discount_of_these_rewards_nor_one_for_each>,
            rule<number_with_an_order<number_of_t<lambda_t<Estimator, P>>>,
                 refused::lambda_is_neither_a_number_of_these_rewards_nor_one_for_each>> {};

/// The parameters of an estimator whose rewards are not yet known.
template <class P, class Estimator>
using parameters_of_any_rewards = every<parameters_of<P, Estimator>, numbers_for_parameters<P, Estimator>>;

// --- Steps

template <class Steps, class V>
inline constexpr bool ends_are_worth = true;
template <class X, class V>
inline constexpr bool ends_are_worth<truncated<X>, V> = std::constructible_from<V, X const&>;
template <class X, class V>
inline constexpr bool ends_are_worth<step<X>, V> = std::constructible_from<V, X const&>;
template <std::ranges::range Steps, class V>
inline constexpr bool ends_are_worth<Steps, V> =
    ends_are_worth<std::remove_cvref_t<std::ranges::range_reference_t<Steps const&>>, V>;
template <class AfterLast, class V>
inline constexpr bool is_worth_after_the_last = std::constructible_from<V, AfterLast const&>;
template <class V>
inline constexpr bool is_worth_after_the_last<nowhere, V> = true;
template <class V>
inline constexpr bool is_worth_after_the_last<terminated, V> = true;
template <class Terminated, class Truncated, class ValueAfter, class Own, class AfterLast, class V>
inline constexpr bool ends_are_worth<recorded_steps<Terminated, Truncated, ValueAfter, Own, AfterLast>, V> =
    made_of_elements<V, ValueAfter> && is_worth_after_the_last<AfterLast, V>;
template <class Terminated, class Truncated, class Own, class AfterLast, class V>
inline constexpr bool ends_are_worth<recorded_steps<Terminated, Truncated, nowhere, Own, AfterLast>, V> =
    is_worth_after_the_last<AfterLast, V>;

/// Steps, or an ending, after whose ends the state is worth what can be made a V.
template <class Steps, class V>
using ends_worth =
    rule<ends_are_worth<Steps, V>, refused::what_comes_after_an_end_is_not_of_the_numbers_of_the_estimates>;

// --- Estimates

/// What an estimator asks besides: its `asks<V, Parameters>`, a requirement, where it has one.
template <class Estimator, class V, class Parameters>
struct what_the_estimator_asks {
  using type = accepted;
};
template <class Estimator, class V, class Parameters>
  requires requires { typename Estimator::template asks<V, Parameters>; }
struct what_the_estimator_asks<Estimator, V, Parameters> : Estimator::template asks<V, Parameters> {};

/// The orders of a pass that an estimator is made in.
template <class Order>
inline constexpr bool is_order_of_an_estimator = std::same_as<Order, deduced> || std::same_as<Order, sequential>;
template <std::size_t Width>
inline constexpr bool is_order_of_an_estimator<in_register<Width>> = std::has_single_bit(Width);
template <class Executor>
inline constexpr bool is_order_of_an_estimator<in_parallel<Executor>> = is_in_parallel<in_parallel<Executor>>;

template <class Value>
using a_type_to_estimate_in =
    rule<(std::same_as<Value, deduced> || vector_space_over<Value>), refused::this_is_no_type_to_estimate_in>;
template <class Order>
using an_order_of_an_estimator =
    rule<is_order_of_an_estimator<Order>, refused::the_order_of_an_estimator_is_sequential_or_in_register>;

/// All outputs of an estimator, or none, to make containers.
template <class Estimator, class... Out>
using outputs_for = rule<(sizeof...(Out) == 0 ||
                          (sizeof...(Out) == outputs_of<Estimator> && (std::random_access_iterator<Out> && ...))),
                         refused::there_must_be_one_random_access_iterator_for_each_output_or_none>;

/// The rewards and columns that are given to an estimator.
template <class... Column>
struct given {};

template <class Given, class Kinds, class Estimator, class Value, class Steps, class Parameters, class... Out>
struct of_one_number_type;
template <class Rewards, class... Column, class... Kind, class Estimator, class Value, class Steps, class Parameters,
          class... Out>
struct of_one_number_type<given<Rewards, Column...>, columns<Kind...>, Estimator, Value, Steps, Parameters, Out...> {
  using V = estimated_t<Value, Steps, Parameters, Estimator, Rewards, Column...>;
  using type = typename every<a_column_for<value_column<"rewards">, Rewards, V>, a_column_for<Kind, Column, V>...,
                              ends_worth<Steps, V>, a_gamma_for<gamma_t<Estimator, Parameters>, V>,
                              a_lambda_for<lambda_t<Estimator, Parameters>, V>,
                              what_the_estimator_asks<Estimator, V, Parameters>, an_output<Out, V>...>::type;
};

template <class Value, class Rewards, class Kinds, class... Column>
struct a_number_type_in_common {
  using type = accepted;
};
template <class Rewards, class... Kind, class... Column>
struct a_number_type_in_common<deduced, Rewards, columns<Kind...>, Column...>
    : rule<has_common_number<std::ranges::range_value_t<Rewards const&>,
                             typename Kind::template value_read<Column const&>...>,
           refused::rewards_and_values_have_no_number_type_in_common> {};

template <class Estimator, class Kinds, class Steps, class Parameters, class Rewards, class... Column>
struct recording_for;
template <class Estimator, class... Kind, class Steps, class Parameters, class... Column>
struct recording_for<Estimator, columns<Kind...>, Steps, Parameters, void, Column...>
    : every<a_column<Kind, Column>..., steps_or_an_ending<Steps>, parameters_of<Parameters, Estimator>> {};
template <class Estimator, class... Kind, class Steps, class Parameters, class Rewards, class... Column>
struct recording_for<Estimator, columns<Kind...>, Steps, Parameters, Rewards, Column...>
    : every<a_column<value_column<"rewards">, Rewards>, a_column<Kind, Column>..., steps_or_an_ending<Steps>,
            parameters_of<Parameters, Estimator>> {};

/// What can be asked of the columns, the steps and the parameters before there are rewards.
template <class Estimator, class Steps, class Parameters, class... Column>
using a_recording_without_rewards =
    every<recording_for<Estimator, typename Estimator::columns, Steps, Parameters, void, Column...>,
          numbers_for_parameters<Parameters, Estimator>>;

/// What an estimator can be made of: rewards, columns, steps and parameters, from which estimates in `Value` follow,
/// or in the type that is deduced; in an order; and outputs that can be written to.
template <class Estimator, class Value, class Order, class Given, class Steps, class Parameters, class... Out>
struct an_estimate;
template <class Estimator, class Value, class Order, class Rewards, class... Column, class Steps, class Parameters,
          class... Out>
struct an_estimate<Estimator, Value, Order, given<Rewards, Column...>, Steps, Parameters, Out...>
    : every<a_type_to_estimate_in<Value>, an_order_of_an_estimator<Order>,
            rule<!is_in_parallel<Order>, refused::only_several_sequences_are_estimated_in_parallel>,
            recording_for<Estimator, typename Estimator::columns, Steps, Parameters, std::remove_cvref_t<Rewards>,
                          std::remove_cvref_t<Column>...>,
            outputs_for<Estimator, Out...>,
            a_number_type_in_common<Value, std::remove_cvref_t<Rewards>, typename Estimator::columns,
                                    std::remove_cvref_t<Column>...>,
            of_one_number_type<given<std::remove_cvref_t<Rewards>, std::remove_cvref_t<Column>...>,
                               typename Estimator::columns, Estimator, Value, Steps, Parameters, Out...>> {};

// --- Several sequences

/// Whether something is laid out so, or is there once for all sequences.
template <class X, order_of_memory Order>
inline constexpr bool lies_so = order_of_memory_of<X> == Order;
template <class X, order_of_memory Order>
inline constexpr bool lies_so_if_there = std::same_as<X, nowhere> || lies_so<X, Order>;
template <class Steps, order_of_memory Order>
inline constexpr bool steps_lie_so = is_ending<Steps> || is_step<Steps> || lies_so<Steps, Order>;
template <class Terminated, class Truncated, class ValueAfter, class Own, class AfterLast, order_of_memory Order>
inline constexpr bool steps_lie_so<recorded_steps<Terminated, Truncated, ValueAfter, Own, AfterLast>, Order> =
    lies_so_if_there<Terminated, Order> && lies_so_if_there<Truncated, Order> &&
    lies_so_if_there<ValueAfter, Order> && lies_so_if_there<Own, Order>;
template <class Each, order_of_memory Order>
inline constexpr bool parameter_lies_so = !layout<Each> || lies_so<Each, Order>;

template <class Estimator, class Parameters, order_of_memory Order>
consteval bool parameters_lie_so() {
  if constexpr (accepts<parameters_of<Parameters, Estimator>>) {
    return parameter_lies_so<std::remove_cvref_t<decltype(internal::gamma_of<Estimator>(
                                 std::declval<Parameters const&>()))>,
                             Order> &&
           parameter_lies_so<std::remove_cvref_t<decltype(internal::lambda_of<Estimator>(
                                 std::declval<Parameters const&>()))>,
                             Order>;
  } else {
    return true;  // refused for what they are
  }
}

/// Where one sequence of an output begins.
template <class Out>
struct begin_of_one {
  using type = Out;
};
template <layout Out>
struct begin_of_one<Out> {
  using type = decltype(std::declval<one_sequence_t<Out> const&>().begin());
};

template <class Order>
using order_within_a_sequence = std::conditional_t<is_in_parallel<Order>, deduced, Order>;

template <class Estimator, class Value, class Order, layout Rewards, class... Column, class Steps, class Parameters,
          class... Out>
struct an_estimate<Estimator, Value, Order, given<Rewards, Column...>, Steps, Parameters, Out...>
    : every<rule<((lies_so<std::remove_cvref_t<Column>, order_of_memory_of<std::remove_cvref_t<Rewards>>> && ...) &&
                  (lies_so<Out, order_of_memory_of<std::remove_cvref_t<Rewards>>> && ...) &&
                  steps_lie_so<Steps, order_of_memory_of<std::remove_cvref_t<Rewards>>> &&
                  internal::parameters_lie_so<Estimator, Parameters,
                                              order_of_memory_of<std::remove_cvref_t<Rewards>>>()),
                 refused::a_recording_of_several_sequences_lies_in_one_layout_with_what_belongs_to_its_steps>,
            an_estimate<Estimator, Value, order_within_a_sequence<Order>,
                        given<one_sequence_t<Rewards>, one_sequence_t<Column>...>, one_sequence_t<Steps>, Parameters,
                        typename begin_of_one<Out>::type...>> {};

}  // namespace internal

}  // namespace bellman
