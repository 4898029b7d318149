// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/internal/in_step.hpp>
#include <bellman/internal/refuse.hpp>
#include <bellman/internal/verdict.hpp>
#include <bellman/probability/statistics.hpp>
#include <bellman/scalar/accumulator.hpp>
#include <bellman/scalar/arithmetic.hpp>
#include <bellman/scalar/as_number.hpp>
#include <bellman/scalar/field.hpp>
#include <bellman/scalar/internal/requirements.hpp>

#include <cstddef>
#include <limits>
#include <ranges>
#include <string>
#include <type_traits>

namespace bellman {

namespace refused {

struct values_and_returns_have_no_common_type {};

}  // namespace refused

namespace detail {

[[noreturn]] inline void there_must_be_a_return_for_each_value(std::size_t shortest) {
  internal::refuse("bellman: one of values and returns ends after " + std::to_string(shortest) +
                   ", the other goes on; there must be a return for each value");
}
[[noreturn]] inline void returns_must_differ_to_be_explained() {
  internal::refuse("bellman: all returns are equal, or there are none; of no variance no part can be explained");
}

template <class Values, class Returns>
using explained_t =
    std::common_type_t<number_t<std::ranges::range_value_t<Values>>, number_t<std::ranges::range_value_t<Returns>>>;
template <class Values, class Returns>
concept with_a_common_number = requires {
  typename explained_t<Values, Returns>;
};
template <class Values, class Returns>
struct values_and_returns
    : internal::rule<with_a_common_number<Values, Returns>, refused::values_and_returns_have_no_common_type> {};

struct explained_variance_fn {
  template <
      class Values, class Returns,
      class = typename internal::every<internal::a_range_of_numbers<Values>, internal::a_range_of_numbers<Returns>,
                                       values_and_returns<Values, Returns>>::type::yes>
  constexpr auto operator()(Values&& values, Returns&& returns) const {
    using X = explained_t<Values, Returns>;
    using V = sum_t<X>;
    internal::merging_statistics<X, V> of_returns;
    internal::merging_statistics<X, V> of_errors;
    auto const add = [&](auto const& v, auto const& G) {
      V const target = static_cast<V>(static_cast<X>(G));
      of_returns.add(target);
      of_errors.add(V(difference(target, static_cast<V>(static_cast<X>(v)))));
    };
    internal::in_step(there_must_be_a_return_for_each_value, add, values, returns);
    V const variance = of_returns.value().squares;
    if (is_zero(variance)) {
      if constexpr (!std::numeric_limits<X>::has_quiet_NaN) {
        detail::returns_must_differ_to_be_explained();
      } else {
        return std::numeric_limits<X>::quiet_NaN();
      }
    }
    return static_cast<X>(V(difference(V(1), quotient(of_errors.value().squares, variance))));
  }
};

}  // namespace detail

/// `explained_variance(values, returns) = 1 - Var[G - V] / Var[G]`: 1 for a critic that knows the returns, 0 for one
/// that says the same everywhere, and below 0 for a worse one.
///
/// *Arguments*: two ranges of numbers, read once; floats are computed with as `double`. A NaN makes it a NaN.
/// *Errors*: lengths that differ throw `invalid_value`. Where the returns do not differ there is nothing to explain: a
/// NaN, and of numbers that have none `invalid_value`.
/// *Cost*: O(n), allocates nothing.
/// *Source*: Huang et al. 2022, "The 37 implementation details of proximal policy optimization", 12.
/// *Use*:
///     bellman::explained_variance(std::array{1.0, 2.0}, std::array{1.0, 2.0}) == 1.0 &&
///         bellman::explained_variance(std::array{3.0, 3.0}, std::array{1.0, 2.0}) == 0.0
inline constexpr detail::explained_variance_fn explained_variance{};

}  // namespace bellman
