// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/affine/backward_pass.hpp>
#include <bellman/decision/ending.hpp>
#include <bellman/error.hpp>
#include <bellman/estimation/step.hpp>
#include <bellman/internal/describe.hpp>
#include <bellman/internal/one_for_each.hpp>
#include <bellman/internal/refused.hpp>
#include <bellman/scalar/field.hpp>
#include <bellman/scalar/internal/parts.hpp>
#include <bellman/value/discount.hpp>
#include <bellman/value/return.hpp>

#include <concepts>
#include <cstddef>
#include <iterator>
#include <ranges>
#include <string>
#include <type_traits>
#include <utility>

namespace bellman {

/// The type of an estimator's parameters. Those of floats are taken as double, so that a double variable is not a
/// narrowing.
template <class V>
using parameter_t = std::conditional_t<std::is_arithmetic_v<V>, double, scalar_t<V>>;

namespace detail {

template <class Parameter>
struct number_of {
  using type = Parameter;
};
template <std::ranges::range Parameter>
struct number_of<Parameter> {
  using type = std::ranges::range_value_t<Parameter>;
};
template <class G>
struct number_of<discount<G>> {
  using type = G;
};

}  // namespace detail

/// The number that a parameter is: of a range with one for each step, one of these.
template <class Parameter>
using number_of_t = typename detail::number_of<Parameter>::type;

/// What a caller leaves to an estimator: the type to estimate in, the order of the pass.
struct deduced {};

namespace detail {

template <class Lambda>
constexpr Lambda a_lambda_that_is_missing() {
  static_assert(internal::refused<Lambda>, "bellman: .lambda is missing; 0 gives the targets of TD(0), 1 the returns");
  return Lambda{};
}

}  // namespace detail

/// The discount and the decay of the trace, each one number in [0, 1] or a range with one for each step. Both are said.
template <class Gamma, class Lambda = Gamma>
struct trace_parameters {
  Gamma gamma;
  Lambda lambda = detail::a_lambda_that_is_missing<Lambda>();
};

// clang 19 does not find it by itself inside a template.
template <class Gamma, class Lambda>
trace_parameters(Gamma, Lambda) -> trace_parameters<Gamma, Lambda>;

namespace detail {

template <class T>
[[noreturn]] void lambda_must_lie_between_zero_and_one(T const& lambda) {
  throw invalid_value("bellman: lambda is " + internal::describe(lambda) + "; it must lie in [0, 1]");
}
template <class T>
[[noreturn]] void each_must_lie_between_zero_and_one(char const* what, std::size_t t, T const& x) {
  throw invalid_value("bellman: " + std::string(what) + " " + std::to_string(t) + " is " + internal::describe(x) +
                      "; it must lie in [0, 1]");
}
template <class Range>
constexpr void check_that_each_is_in_the_unit_interval(Range const& range, char const* what) {
  std::size_t t = 0;
  for (auto const& x : range) {
    if (!internal::is_in_the_unit_interval(x)) each_must_lie_between_zero_and_one(what, t, x);
    ++t;
  }
}

template <class T>
concept one_for_each_step = std::ranges::random_access_range<T const&> && !requires(T const& x) {
  x < x, x * x;
};

// The type of several numbers: the widest, where integers take the type of the others and, among themselves, double.
template <class A, class... Rest>
struct common_number {
  using type = std::conditional_t<std::integral<A>, double, A>;
};
template <class A, class B, class... Rest>
struct common_number<A, B, Rest...> : common_number<std::common_type_t<A, B>, Rest...> {};
template <class A, class B, class... Rest>
  requires(std::integral<A> != std::integral<B>)
struct common_number<A, B, Rest...> : common_number<std::conditional_t<std::integral<A>, B, A>, Rest...> {};

// V, or what a number of another type, such as a dual, makes of it. Built-in numbers make nothing of it: a literal
// takes the type of the others.
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

// The type of the values that steps give.
template <class Steps>
struct value_of_steps {
  using type = void;
};
template <class X>
struct value_of_steps<truncated<X>> {
  using type = X;
};
template <class X>
struct value_of_steps<step<X>> {
  using type = X;
};
template <std::ranges::range Steps>
struct value_of_steps<Steps> : value_of_steps<std::remove_cvref_t<std::ranges::range_reference_t<Steps>>> {};

template <class Named, class Steps, class... Columns>
struct estimate_of {
  using type = Named;
};
template <class Steps, class... Columns>
struct estimate_of<deduced, Steps, Columns...> {
  using type = typename wider<typename common_number<std::ranges::range_value_t<Columns>...>::type,
                              typename value_of_steps<Steps>::type>::type;
};

// The type V, or what parameters of other types make of it.
template <class Named, class V, class... Parameters>
struct widened {
  using type = V;
};
template <class V, class P, class... Rest>
struct widened<deduced, V, P, Rest...>
    : widened<deduced, typename wider<V, typename number_of<P>::type>::type, Rest...> {};

}  // namespace detail

/// `gamma_column<V>(gamma, n)`, `lambda_column<V>(lambda, n)`: a checked discount, or decay, for each of n steps.
template <class V, class Gamma>
constexpr auto gamma_column(Gamma const& gamma, std::size_t n) {
  if constexpr (detail::one_for_each_step<Gamma>) {
    detail::check_that_each_is_in_the_unit_interval(gamma, "discount");
    return column_of<scalar_t<V>>(gamma, "discounts", n);
  } else {
    auto const checked = discount_for<V>(gamma);
    return constant_column<std::remove_cvref_t<decltype(checked.value())>>{checked.value()};
  }
}
template <class V, class Lambda>
constexpr auto lambda_column(Lambda const& lambda, std::size_t n) {
  if constexpr (detail::one_for_each_step<Lambda>) {
    detail::check_that_each_is_in_the_unit_interval(lambda, "lambda");
    return column_of<scalar_t<V>>(lambda, "lambdas", n);
  } else {
    if (!internal::is_in_the_unit_interval(lambda)) detail::lambda_must_lie_between_zero_and_one(lambda);
    return constant_column<scalar_t<V>>{static_cast<scalar_t<V>>(lambda)};
  }
}

/// The type that an estimate is made in: `Named`, or for `deduced` the widest of the columns' types, where integers take
/// the type of the others and, among themselves, `double`.
template <class Named, class Steps, class... Columns>
using estimate_t = typename detail::estimate_of<Named, Steps, Columns...>::type;

/// The same type, where parameters that are no built-in numbers count as well: a discount that is a dual number makes
/// estimates that are.
template <class Named, class V, class... Parameters>
using widened_t = typename detail::widened<Named, V, Parameters...>::type;

/// The parameters that an estimator of rewards takes in braces.
template <class Rewards>
using braced_parameters = trace_parameters<parameter_t<std::ranges::range_value_t<Rewards>>>;

/// `pass_over<V, Order>(n, steps, make, outs...)`: one backward pass over n steps of `make(after_last, outs...)`, a
/// body as `over_steps` takes it.
template <class V, class Order, class Steps, class Make, class... Outs>
constexpr void pass_over(std::size_t n, Steps const& steps, Make const& make, Outs... outs) {
  auto const source = step_source<V>(steps, n);
  auto body = make(source.after_last(), column<Outs>{outs}...);
  using order = std::conditional_t<std::same_as<Order, deduced>, default_order<V>, Order>;
  if constexpr (requires { backward_pass<V>(order{}, n, [](auto const&) {}); }) {
    over_steps<V>(order{}, n, source, body);
  } else {
    static_assert(internal::refused<Order>,
                  "bellman: the order of an estimator is sequential or in_register<Width>; sequences are estimated in "
                  "parallel by for_each_sequence");
  }
}

/// `estimates<V, Order>(rewards, steps, make, out...)`: the estimates of one output, in a container like that of the
/// rewards, or where `out` says, of which the end is returned.
template <class V, class Order, class Rewards, class Steps, class Make, class... Out>
constexpr auto estimates(Rewards const& rewards, Steps const& steps, Make const& make, Out... out) {
  std::size_t const n = length_of(rewards);
  if constexpr (sizeof...(Out) == 0) {
    auto all = internal::one_for_each<V>(rewards);
    pass_over<V, Order>(n, steps, make, all.begin());
    return all;
  } else {
    pass_over<V, Order>(n, steps, make, out...);
    return ((out + static_cast<std::iter_difference_t<Out>>(n)), ...);
  }
}

/// The same of two outputs, in a `Result{first, second}` of containers or of the ends of `out`.
template <template <class, class> class Result, class V, class Order, class Rewards, class Steps, class Make>
constexpr auto two_estimates(Rewards const& rewards, Steps const& steps, Make const& make) {
  auto first = internal::one_for_each<V>(rewards);
  auto second = internal::one_for_each<V>(rewards);
  pass_over<V, Order>(length_of(rewards), steps, make, first.begin(), second.begin());
  return Result<decltype(first), decltype(second)>{std::move(first), std::move(second)};
}
template <template <class, class> class Result, class V, class Order, class Rewards, class Steps, class Make,
          class First, class Second>
constexpr auto two_estimates(Rewards const& rewards, Steps const& steps, Make const& make, First first, Second second) {
  std::size_t const n = length_of(rewards);
  pass_over<V, Order>(n, steps, make, first, second);
  return Result<First, Second>{first + static_cast<std::iter_difference_t<First>>(n),
                               second + static_cast<std::iter_difference_t<Second>>(n)};
}

}  // namespace bellman
