// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/error.hpp>
#include <bellman/internal/describe.hpp>
#include <bellman/internal/refused.hpp>
#include <bellman/probability/weight.hpp>
#include <bellman/scalar/arithmetic.hpp>
#include <bellman/scalar/field.hpp>

#include <concepts>
#include <cstddef>
#include <limits>
#include <ranges>
#include <string>
#include <type_traits>
#include <utility>

namespace bellman {

/// A value and its probability.
template <class X, class P = double>
struct weighted {
  X value;
  P probability;

  friend constexpr bool operator==(weighted const&, weighted const&) = default;
};

template <class X, class P>
weighted(X, P) -> weighted<X, P>;

/// A distribution with finite support.
///
/// Minimal definition: `D const` is an input range whose elements have a `.value` and a `.probability`.
///
/// Axioms:
///  1. every probability is at least zero;
///  2. they sum to one, exactly for exact scalars, within `weight_tolerance` otherwise.
///
/// A value may occur more than once; its probabilities add up. Models: `dirac`, `categorical`, `uniform`, `softmax`,
/// what `map`, `bind` and `given` return, and any range of `weighted`.
template <class D>
concept distribution = std::ranges::input_range<D const> && requires(std::ranges::range_reference_t<D const> e) {
  e.value;
  e.probability;
  requires weight<std::remove_cvref_t<decltype(e.probability)>>;
};

/// The type of the values of a distribution.
template <distribution D>
using support_t = std::remove_cvref_t<decltype(std::declval<std::ranges::range_reference_t<D const>>().value)>;

/// The type of the probabilities of a distribution.
template <distribution D>
using probability_t =
    std::remove_cvref_t<decltype(std::declval<std::ranges::range_reference_t<D const>>().probability)>;

/// A distribution whose values are `X`, or convert to it.
template <class D, class X>
concept distribution_over = distribution<D> && std::convertible_to<support_t<D>, X>;

/// How far from one a sum of `n` probabilities of type `P` may be: nothing for exact scalars; for floating point
/// `4 (n + 4)` units in the last place of one, at least 1e-9 for `double` and 1e-4 for `float`, since weights are often
/// typed in or read from a file.
template <class P>
constexpr auto weight_tolerance(std::size_t n) {
  using limits = std::numeric_limits<P>;
  P const typed = limits::digits > 24 ? static_cast<P>(1e-9) : static_cast<P>(1e-4);
  P const rounded = static_cast<P>(4) * static_cast<P>(n + 4) * limits::epsilon();
  return rounded < typed ? typed : rounded;
}

/// Whether a number can be a probability: neither below zero, nor in part, nor a NaN.
template <weight P>
constexpr bool is_weight(P const& p) {
  if constexpr (requires { p.lower(); }) {
    return !(p.lower() < 0);
  } else {
    return !(p < P(0)) && p == p;
  }
}

/// Whether a sum of `n` probabilities is one: exactly for exact scalars, else within `weight_tolerance`.
template <weight P>
constexpr bool is_near_one(P const& total, std::size_t n) {
  if constexpr (std::floating_point<P>) {
    P const off = total < P(1) ? P(1) - total : total - P(1);
    return off <= weight_tolerance<P>(n);
  } else if constexpr (requires { total.value; }) {
    return is_near_one(total.value, n);  // the derivatives of a sum of one add up to zero only within rounding
  } else if constexpr (requires { total.lower(); total.upper(); }) {
    return !(P(1) < total) && !(total < P(1));
  } else if constexpr (std::numeric_limits<P>::is_specialized && !std::numeric_limits<P>::is_exact) {
    P const off = total < P(1) ? P(1) - total : total - P(1);
    return off <= weight_tolerance<P>(n);
  } else {
    return total == P(1);
  }
}

/// A distribution whose weights were checked when it was built, and that says so by `weights_were_checked`: `dirac`,
/// `categorical`, `uniform`, `softmax`, a row of a table. A range of `weighted` does not.
template <class D>
concept weights_were_checked = requires { requires D::weights_were_checked; };

/// A distribution that left out what has no probability, and says so by `no_weight_is_zero`: a row of a table.
template <class D>
concept no_weight_is_zero = requires { requires D::no_weight_is_zero; };

namespace rules {

// The rule that more than one header checks, under its name.
[[noreturn]] inline void a_distribution_must_have_a_value() {
  throw invalid_value("bellman: a distribution has no values; it needs at least one, and its weights must sum to 1");
}

}  // namespace rules

namespace detail {

template <class P>
[[noreturn]] void weights_must_not_be_negative(std::size_t index, P const& p) {
  throw invalid_value("bellman: weight " + std::to_string(index) + " is " + internal::describe(p) + "; it must lie in [0, 1]");
}
template <class P>
[[noreturn]] void weights_must_sum_to_one(P const& total) {
  throw invalid_value("bellman: the weights sum to " + internal::describe(total) + "; they must sum to 1");
}

struct check_weights_fn {
  template <std::ranges::input_range R>
  constexpr void operator()(R const& points) const {
    using P = std::remove_cvref_t<decltype((*std::ranges::begin(points)).probability)>;
    if constexpr (!weight<P>) {
      static_assert(internal::refused<P>, "bellman: probabilities are of an ordered field, such as double; integers are not one");
    }
    auto it = std::ranges::begin(points);
    auto const last = std::ranges::end(points);
    if (it == last) rules::a_distribution_must_have_a_value();
    if constexpr (field<P>) {
      P total = P(0);
      std::size_t n = 0;
      for (; it != last; ++it, ++n) {
        auto&& e = *it;
        if (!is_weight(e.probability)) weights_must_not_be_negative(n, e.probability);
        total = sum(total, e.probability);
      }
      if (!is_near_one(total, n)) weights_must_sum_to_one(total);
    }
  }
};

struct with_checked_weights_fn {
  template <distribution D>
  constexpr D operator()(D d) const {
    if constexpr (!weights_were_checked<D>) check_weights_fn{}(d);
    return d;
  }
};

struct expectation_fn {
  template <class D, class F>
  constexpr auto operator()(D const& d, F&& f) const {
    if constexpr (distribution<D>) {
      using V = std::remove_cvref_t<decltype(weigh((*std::ranges::begin(d)).probability,
                                                   f((*std::ranges::begin(d)).value)))>;
      if (std::ranges::begin(d) == std::ranges::end(d)) rules::a_distribution_must_have_a_value();
      V total{};
      bool nothing = !weights_were_checked<D>;
      for (auto&& e : d) {
        // What has no probability is not looked at: its value may be infinite, and zero times that is no number.
        if constexpr (!no_weight_is_zero<D>) {
          if (is_nothing(e.probability)) [[unlikely]] continue;
        }
        total = sum(total, weigh(e.probability, f(e.value)));
        nothing = false;
      }
      if (nothing) rules::a_distribution_must_have_a_value();
      return total;
    } else {
      static_assert(internal::refused<D>,
                    "bellman: expectation(d, f) needs a distribution: a range of elements with .value and "
                    ".probability, whose probability is an ordered field");
    }
  }
};

}  // namespace detail

/// `check_weights(points)`: throws `invalid_value` unless the weights are at least zero and sum to one; does not
/// compile in a constant expression. A NaN is refused. O(n).
inline constexpr detail::check_weights_fn check_weights{};

/// `with_checked_weights(d)`: `d`, whose weights are checked now unless they were when it was built. What an
/// environment or a policy answers is taken through it, so that a range of weights that is no distribution is refused.
inline constexpr detail::with_checked_weights_fn with_checked_weights{};

/// `expectation(d, f)`: the sum of `p(x) f(x)` over the support of `d`, of values of probability zero nothing is read.
///
/// `f(x)` is any vector over the field of the probabilities. O(n) calls of `f`. Laws: linear;
/// `expectation(dirac{x}, f)` is `f(x)`; the law of total expectation
/// `expectation(bind(d, k), f) == expectation(d, x -> expectation(k(x), f))`.
inline constexpr detail::expectation_fn expectation{};

}  // namespace bellman
