// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/internal/describe.hpp>
#include <bellman/internal/refuse.hpp>
#include <bellman/internal/stands_for.hpp>
#include <bellman/internal/verdict.hpp>
#include <bellman/probability/internal/requirements.hpp>
#include <bellman/probability/internal/rules.hpp>
#include <bellman/probability/internal/weights.hpp>
#include <bellman/probability/weight.hpp>
#include <bellman/scalar/arithmetic.hpp>
#include <bellman/scalar/field.hpp>
#include <bellman/scalar/internal/parts.hpp>
#include <bellman/scalar/scalar_traits.hpp>

#include <cstddef>
#include <ranges>
#include <string>
#include <type_traits>

namespace bellman {

/// `weighted{value, probability}`: a value and its probability.
///
/// *Use*:
///     bellman::weighted{'x', 0.25}.probability == 0.25
template <class X, class P = double>
struct weighted {
  X value;
  P probability;

  friend bool operator==(weighted const&, weighted const&) = default;
};

template <class X, class P>
weighted(X, P) -> weighted<X, P>;

/// A distribution with finite support.
///
/// Minimal definition: `D const` is a range that can be walked more than once, whose elements have a `.value` and a
/// `.probability`.
///
/// Axioms:
///  1. every probability is at least zero;
///  2. they sum to one, exactly for exact scalars, within `weight_tolerance` otherwise.
///
/// A value may occur more than once; its probabilities add up. Models: `dirac`, `categorical`, `uniform`, `softmax`,
/// what `map`, `bind` and `given` return, and any range of `weighted`.
template <class D>
concept distribution = internal::accepts<internal::a_distribution<D>>;

/// The type of the values of a distribution.
template <distribution D>
using support_t = internal::value_of_t<D>;

/// The type of the probabilities of a distribution.
template <distribution D>
using probability_t = internal::probability_of_t<D>;

/// A distribution whose values are `X`, or convert to it without being cut off.
template <class D, class X>
concept distribution_over = distribution<D> && internal::stands_for<support_t<D>, X>;

/// A distribution whose weights were checked when it was built, and that says so by `weights_were_checked`: `dirac`,
/// `categorical`, `uniform`, `softmax`, a row of a table. A range of `weighted` does not.
template <class D>
concept weights_were_checked = requires { requires D::weights_were_checked; };

/// A distribution that left out what has no probability, and says so by `no_weight_is_zero`: a row of a table.
template <class D>
concept no_weight_is_zero = requires { requires D::no_weight_is_zero; };

namespace detail {

// `where` gives the place, as a text to begin with. It is not asked in a constant expression, where the compiler must
// stop at the rule's name.
template <class P, class Where>
[[noreturn]] void weights_must_not_be_negative(std::size_t index, P const& p, Where const& where) {
  internal::refuse("bellman: " + where() + "weight " + std::to_string(index) + " is " + internal::describe(p) +
                   "; it must lie in [0, 1]");
}
template <class P, class Where>
[[noreturn]] void weights_must_sum_to_one(P const& total, Where const& where) {
  internal::refuse("bellman: " + where() + "the weights sum to " + internal::describe(total) + "; they must sum to 1");
}

}  // namespace detail

namespace internal {

/// Throws unless the weights of a distribution are at least zero and sum to one; `where` gives a text that the message
/// begins with.
template <distribution D, class Where>
constexpr void check_weights_of(D const& points, Where const& where) {
  using P = probability_t<D>;
  auto it = std::ranges::begin(points);
  auto const last = std::ranges::end(points);
  if (it == last) internal::a_distribution_must_have_a_value();
  if constexpr (field<P>) {
    P total = P(0);
    std::size_t n = 0;
    for (; it != last; void(++it), ++n) {
      auto&& e = *it;
      if (!internal::is_not_negative(e.probability)) {
        bellman::detail::weights_must_not_be_negative(n, e.probability, where);
      }
      total = sum(total, e.probability);
    }
    if (!internal::is_near_one(total, n)) bellman::detail::weights_must_sum_to_one(total, where);
  }
}

}  // namespace internal

namespace detail {

struct nowhere_in_particular {
  std::string operator()() const { return ""; }
};

struct check_weights_fn {
  template <class D, class = typename internal::a_distribution<D>::type::yes>
  constexpr void operator()(D const& points) const {
    internal::check_weights_of(points, nowhere_in_particular{});
  }
};

struct expectation_fn {
  template <
      class D, class F,
      class = typename internal::every<internal::a_distribution<D>, internal::a_random_variable_of<F, D>>::type::yes>
  constexpr auto operator()(D const& d, F&& f) const {
    using V =
        std::remove_cvref_t<decltype(weigh((*std::ranges::begin(d)).probability, f((*std::ranges::begin(d)).value)))>;
    V total = scalar_traits<V>::zero();
    bool nothing = true;
    for (auto&& e : d) {
      // What has no probability is not looked at: its value may be infinite, and zero times that is no number.
      if constexpr (!no_weight_is_zero<D> && field<probability_t<D>>) {
        if (internal::is_nothing(e.probability)) [[unlikely]]
          continue;
      }
      total = sum(total, weigh(e.probability, f(e.value)));
      nothing = false;
    }
    if (nothing) internal::a_distribution_must_have_a_value();
    return total;
  }
};

}  // namespace detail

/// `check_weights(points)`: throws unless the weights are at least zero and sum to one.
///
/// *Arguments*: a range of elements with a `.probability`.
/// *Errors*: `invalid_value` for a weight below zero or a NaN, for weights that do not sum to one (see
/// `weight_tolerance`), and for no weights; in a constant expression that does not compile, nor do integers anywhere.
/// *Cost*: O(n).
/// *Use*:
///     (bellman::check_weights(std::array{bellman::weighted{'x', 0.25}, bellman::weighted{'y', 0.75}}), true)
inline constexpr detail::check_weights_fn check_weights{};

/// `expectation(d, f)`: the sum of `p(x) f(x)` over the support of `d`; of values of probability zero nothing is read.
///
/// *Arguments*: `d`: a distribution; `f(x)`: any vector over the field of the probabilities.
/// *Errors*: `invalid_value` if `d` has no values.
/// *Cost*: O(n) calls of `f`.
/// *Laws*: linear; `expectation(dirac{x}, f)` is `f(x)`; the law of total expectation
/// `expectation(bind(d, k), f) == expectation(d, x -> expectation(k(x), f))`: tests/probability.
/// *Use*:
///     bellman::expectation(bellman::uniform(std::array{1, 2, 6}), [](int x) { return 1.0 * x; }) == 3.0
inline constexpr detail::expectation_fn expectation{};

}  // namespace bellman
