// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/affine/column.hpp>
#include <bellman/estimation/estimator.hpp>
#include <bellman/estimation/internal/column_of.hpp>
#include <bellman/estimation/internal/nowhere.hpp>
#include <bellman/estimation/internal/places.hpp>
#include <bellman/estimation/internal/rules.hpp>
#include <bellman/internal/describe.hpp>
#include <bellman/internal/element_at.hpp>
#include <bellman/internal/refuse.hpp>
#include <bellman/layout/layout.hpp>
#include <bellman/scalar/field.hpp>
#include <bellman/scalar/internal/parts.hpp>
#include <bellman/value/discount.hpp>
#include <bellman/value/internal/rules.hpp>

#include <cstddef>
#include <ranges>
#include <string>
#include <type_traits>
#include <utility>

namespace bellman::internal {

template <class T, class... Sequence>
[[noreturn]] void each_must_lie_between_zero_and_one(char const* what, T const& x, std::size_t t,
                                                     Sequence... sequence) {
  internal::refuse("bellman: " + std::string(what) + " of " + internal::place_of_step(t, sequence...) + " is " +
                   internal::describe(x) + "; it must lie in [0, 1]");
}

template <class T>
concept one_for_each_step = layout<T> || (std::ranges::random_access_range<T const&> && !requires(T const& x) {
  x < x, x * x;
});

/// The decay of an estimator that has none.
inline constexpr int no_lambda = 0;

/// `gamma_column<V>(gamma, n)`, `lambda_column<V>(lambda, n)`: a checked discount, or decay, for all of n steps, or one
/// for each, of which those are checked that are read.
template <class V, class Gamma, class N>
constexpr auto gamma_column(Gamma const& gamma, N const& n) {
  if constexpr (one_for_each_step<Gamma>) {
    return internal::column_of(gamma, "discounts", n);
  } else {
    auto const checked = discount_for<V>(gamma);
    return constant_column<std::remove_cvref_t<decltype(checked.value())>>{checked.value()};
  }
}
template <class V, class Lambda, class N>
constexpr auto lambda_column(Lambda const& lambda, N const& n) {
  if constexpr (one_for_each_step<Lambda>) {
    return internal::column_of(lambda, "lambdas", n);
  } else {
    if (!internal::is_in_the_unit_interval(lambda)) internal::lambda_must_lie_between_zero_and_one(lambda);
    return constant_column<scalar_t<V>>{static_cast<scalar_t<V>>(lambda)};
  }
}

/// Checks of a range of parameters those of the steps that are not skipped: the others are not read. No lambda, whose
/// text clang's messages repeat.
template <class Each, class Source>
struct in_the_unit_interval {
  char const* what;
  Each const& each;
  Source const& source;

  template <class Here, class... Sequence>
  constexpr bool operator()(Here const& here, std::size_t t, Sequence... sequence) const {
    if (!internal::holds(source.skipped(here))) {
      auto const& of_it = internal::sequence_of(each, (sequence + ... + std::size_t{0}));
      auto const& x = internal::element_at(of_it, t);
      if (!internal::is_in_the_unit_interval(x)) {
        internal::each_must_lie_between_zero_and_one(what, x, t, sequence...);
      }
    }
    return false;
  }
};
template <class V, class Each, class Source, class N>
constexpr void check_each_of(char const* what, Each const& each, Source const& source, N const& n) {
  if constexpr (one_for_each_step<Each>) {
    internal::for_each_place<V>(n, in_the_unit_interval<Each, Source>{what, each, source});
  }
}

/// The discount and the decay among an estimator's parameters, which are a discount alone where it takes no others:
/// what has a member `gamma` may be a number.
template <class Estimator, class Parameters>
constexpr auto const& gamma_of(Parameters const& p) {
  if constexpr (has_parameters_in_braces<Estimator>) {
    return p.gamma;
  } else {
    return p;
  }
}
template <class Estimator, class Parameters>
constexpr auto const& lambda_of(Parameters const& p) {
  if constexpr (!has_parameters_in_braces<Estimator>) {
    return no_lambda;
  } else if constexpr (requires { p.lambda; }) {
    return p.lambda;
  } else {
    return no_lambda;
  }
}
template <class Estimator, class Parameters>
using gamma_t = one_sequence_t<decltype(internal::gamma_of<Estimator>(std::declval<Parameters const&>()))>;
template <class Estimator, class Parameters>
using lambda_t = one_sequence_t<decltype(internal::lambda_of<Estimator>(std::declval<Parameters const&>()))>;

}  // namespace bellman::internal
