// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/decision/ending.hpp>
#include <bellman/estimation/estimator.hpp>
#include <bellman/estimation/internal/parameter_columns.hpp>
#include <bellman/estimation/recorded_steps.hpp>
#include <bellman/estimation/step.hpp>
#include <bellman/scalar/as_number.hpp>
#include <bellman/scalar/field.hpp>
#include <bellman/scalar/internal/parts.hpp>
#include <bellman/value/discount.hpp>

#include <concepts>
#include <ranges>
#include <type_traits>

namespace bellman::internal {

/// The type of an estimator's parameters. Those of floats are taken as double, so that a double variable is not a
/// narrowing.
template <class V>
using parameter_t = std::conditional_t<std::is_arithmetic_v<V>, double, scalar_t<V>>;

/// The number that a parameter is: of a range with one for each step, one of these.
template <class Parameter>
struct number_of {
  using type = Parameter;
};
template <one_for_each_step Parameter>
struct number_of<Parameter> {
  using type = std::ranges::range_value_t<Parameter>;
};
template <class G>
struct number_of<discount<G>> {
  using type = G;
};

template <class Parameter>
using number_of_t = typename number_of<Parameter>::type;

template <class A, class B>
concept alike = std::integral<A>
== std::integral<B>&& requires { typename std::common_type_t<computed_t<A>, computed_t<B>>; };

/// The type of several numbers: the widest, where integers take the type of the others and, among themselves, double.
/// `void` is none. Where there is no such type, there is no `type`.
template <class A, class... Rest>
struct common_number {};
template <class A>
struct common_number<A> {
  using type = number_t<A>;
};
template <class A, class... Rest>
struct common_number<A, void, Rest...> : common_number<A, Rest...> {};
template <class A, class B, class... Rest>
  requires alike<A, B>
struct common_number<A, B, Rest...> : common_number<std::common_type_t<computed_t<A>, computed_t<B>>, Rest...> {};
template <class A, class B, class... Rest>
  requires(std::integral<A> != std::integral<B>)
struct common_number<A, B, Rest...> : common_number<std::conditional_t<std::integral<A>, B, A>, Rest...> {};

  template <class... Numbers>
  concept has_common_number = requires {
    typename common_number<Numbers...>::type;
  };

/// V, or what a number of another type, such as a dual, makes of it. Built-in numbers make nothing of it: a literal
/// takes the type of the others.
template <class V, class X>
struct wider {
  using type = V;
};
template <class V, class X>
  requires(!std::is_arithmetic_v<X> && !std::is_void_v<X> && !std::convertible_to<X, scalar_t<V>> &&
           requires { typename std::common_type_t<V, X>; })
struct wider<V, X> {
  using type = std::common_type_t<V, X>;
};

/// V, or what the values that steps give make of it.
template <class V, class Steps>
struct wider_by_steps {
  using type = V;
};
template <class V, class X>
struct wider_by_steps<V, truncated<X>> : wider<V, X> {};
template <class V, class X>
struct wider_by_steps<V, step<X>> : wider<V, X> {};
template <class V, std::ranges::range Steps>
struct wider_by_steps<V, Steps> : wider_by_steps<V, std::remove_cvref_t<std::ranges::range_reference_t<Steps>>> {};
template <class V, class Terminated, class Truncated, class ValueAfter, class Own, class AfterLast>
struct wider_by_steps<V, recorded_steps<Terminated, Truncated, ValueAfter, Own, AfterLast>>
    : wider<typename wider<V, number_of_t<ValueAfter>>::type, AfterLast> {};

template <class Named, class Steps, class... Numbers>
struct estimate_of {
  using type = Named;
};
template <class Steps, class... Numbers>
struct estimate_of<deduced, Steps, Numbers...> {
  using type = typename wider_by_steps<typename common_number<Numbers...>::type, Steps>::type;
};

/// The type that an estimate is made in: `Named`, or for `deduced` the widest of the columns' types and that of the
/// values which the steps give.
template <class Named, class Steps, class... Columns>
using estimate_t = typename estimate_of<Named, one_sequence_t<Steps>,
                                        std::ranges::range_value_t<one_sequence_t<Columns>>...>::type;

/// The type V, or what parameters of other types make of it.
template <class Named, class V, class... Parameters>
struct widened {
  using type = V;
};
template <class V, class P, class... Rest>
struct widened<deduced, V, P, Rest...>
    : widened<deduced, typename wider<V, typename number_of<P>::type>::type, Rest...> {};

/// The same type, where parameters that are no built-in numbers count as well: a discount that is a dual number makes
/// estimates that are.
template <class Named, class V, class... Parameters>
using widened_t = typename widened<Named, V, Parameters...>::type;

/// The type of an estimator's estimates: values count as columns do, scalars and the parameters as parameters.
template <class Named, class Steps, class Gamma, class Lambda, class Kinds, class Rewards, class... Columns>
struct estimate_of_columns;
template <class Named, class Steps, class Gamma, class Lambda, class... Kinds, class Rewards, class... Columns>
struct estimate_of_columns<Named, Steps, Gamma, Lambda, columns<Kinds...>, Rewards, Columns...> {
  using type = widened_t<Named,
                         typename estimate_of<Named, Steps, std::ranges::range_value_t<Rewards>,
                                              typename Kinds::template value_read<Columns>...>::type,
                         typename Kinds::template scalar_read<Columns>..., Gamma, Lambda>;
};
template <class Named, class Steps, class Parameters, class Estimator, class Rewards, class... Columns>
using estimated_t =
    typename estimate_of_columns<Named, one_sequence_t<Steps>, gamma_t<Estimator, Parameters>,
                                 lambda_t<Estimator, Parameters>, typename Estimator::columns, one_sequence_t<Rewards>,
                                 one_sequence_t<Columns>...>::type;

}  // namespace bellman::internal
