// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/internal/describe.hpp>
#include <bellman/internal/in_step.hpp>
#include <bellman/internal/place_in.hpp>
#include <bellman/internal/refuse.hpp>
#include <bellman/internal/verdict.hpp>
#include <bellman/scalar/accumulator.hpp>
#include <bellman/scalar/arithmetic.hpp>
#include <bellman/scalar/as_number.hpp>
#include <bellman/scalar/field.hpp>
#include <bellman/scalar/internal/is_finite_and.hpp>
#include <bellman/scalar/internal/requirements.hpp>
#include <bellman/scalar/is_finite.hpp>
#include <bellman/scalar/scalar_traits.hpp>

#include <concepts>
#include <cstddef>
#include <ranges>
#include <string>
#include <type_traits>

namespace bellman {

/// `statistics{count, mean, squares}`: what is known of some values after they were seen once: how many there were,
/// their mean, and `squares = sum (x - mean)^2`. The mean of no values is 0.
///
/// Where values have weights, `count` is the sum of the weights and every term of the other two counts as often as its
/// weight says.
///
/// *Laws*: a monoid under `merged`, with `statistics{}`, of no values, as its neutral element; so those of a batch do
/// not depend on how it was split, exactly so for exact scalars. tests/laws/group_laws.cpp.
/// *Use*:
///     bellman::statistics_of(std::array{1.0, 3.0}) ==
///         bellman::statistics<double>{.count = 2, .mean = 2.0, .squares = 2.0}
template <class V, class W = std::size_t>
struct statistics {
  W count{};
  V mean{};
  V squares{};

  friend bool operator==(statistics const&, statistics const&) = default;
};

namespace refused {

struct these_are_no_statistics_of_numbers {};
struct weights_of_values_must_be_numbers_with_an_order_that_become_numbers_of_the_values {};

}  // namespace refused

namespace internal {

/// Statistics that are computed with: of numbers, whose count becomes one of them.
template <class V, class W>
using statistics_of_numbers =
    rule<(number<V> && number<W> && a_number_made_into<W, V>), refused::these_are_no_statistics_of_numbers>;

/// What the mean of numbers X is computed in: integers and floats as double, a mean of many floats would lose digits.
template <class X>
using summed_up_t = std::conditional_t<std::floating_point<number_t<X>>, sum_t<X>, number_t<X>>;

}  // namespace internal

namespace detail {

template <class X>
[[noreturn]] void values_must_be_finite(internal::place place, X const& x) {
  internal::refuse("bellman: " + place.of("value") + " is " + internal::describe(x) + "; it must be a finite number");
}
template <class X>
[[noreturn]] void weights_of_values_must_not_be_negative(internal::place place, X const& x) {
  internal::refuse("bellman: " + place.of("weight") + " is " + internal::describe(x) +
                   "; it must be a finite number from 0 on");
}
[[noreturn]] inline void there_must_be_one_weight_for_each_value(std::size_t shorter) {
  internal::refuse("bellman: one of values and weights ends after " + std::to_string(shorter) +
                   ", the other goes on; there must be one weight for each value");
}

// Not std::size_t, so that a sum of weights is not taken for a number of values.
template <class W>
using summed_weight_t = std::conditional_t<std::integral<W>, long long, internal::summed_up_t<W>>;

template <class Values, class Weights>
consteval bool can_have_weights() {
  using X = std::ranges::range_value_t<Weights>;
  return internal::accepts<internal::a_number_with_an_order<X>> &&
         internal::a_number_made_into<summed_weight_t<X>, internal::summed_up_t<std::ranges::range_value_t<Values>>>;
}
template <class Values, class Weights>
struct weights_of_values
    : internal::rule<detail::can_have_weights<Values, Weights>(),
                     refused::weights_of_values_must_be_numbers_with_an_order_that_become_numbers_of_the_values> {};

// What values move the statistics of others by, neither of which are none.
template <class V, class W>
constexpr statistics<V, W> moved_by(W const& count, V const& mean, statistics<V, W> const& b) {
  W const both = sum(count, b.count);
  V const apart = difference(b.mean, mean);
  V const share = quotient(as_number<V>(b.count), as_number<V>(both));
  V const between = product(product(apart, apart), product(as_number<V>(count), share));
  return {both, product(apart, share), sum(b.squares, between)};
}

struct merged_fn {
  template <class V, class W, class = typename internal::statistics_of_numbers<V, W>::type::yes>
  constexpr statistics<V, W> operator()(statistics<V, W> const& a, statistics<V, W> const& b) const {
    if (b.count == W{}) return a;
    if (a.count == W{}) return b;
    statistics<V, W> const more = detail::moved_by(a.count, a.mean, b);
    return {more.count, sum(a.mean, more.mean), sum(a.squares, more.squares)};
  }
};

}  // namespace detail

namespace internal {

/// The statistics of many values X in the making: `merged` with those of one value after another, where what is rounded
/// away of the mean goes into its next step, and the squares are an `accumulator`.
template <class X, class V = X, class W = std::size_t>
class merging_statistics {
 public:
  constexpr void add(V const& x, W const& weight = W(1)) { add(statistics<V, W>{weight, x, V{}}); }
  constexpr void add(statistics<V, W> const& others) {
    if (others.count == W{}) return;
    if (count() == W{}) {
      mean_ = others.mean;
      squares_.add(others.squares);
    } else {
      auto const more = bellman::detail::moved_by(count(), mean_, others);
      if constexpr (bellman::detail::is_compensated<X>) {
        V const step = sum(more.mean, rest_);
        V const next = sum(mean_, step);
        rest_ = difference(step, difference(next, mean_));
        mean_ = next;
      } else {
        mean_ = sum(mean_, more.mean);
      }
      squares_.add(more.squares);
    }
    if constexpr (std::integral<W>) {
      count_ += others.count;
    } else {
      count_.add(others.count);
    }
  }

  constexpr W count() const {
    if constexpr (std::integral<W>) {
      return count_;
    } else {
      return count_.value();
    }
  }
  constexpr V const& mean() const { return mean_; }
  constexpr statistics<V, W> value() const {
    return {count(), mean_, internal::converted_to<V>(squares_.in_full())};
  }

 private:
  std::conditional_t<std::integral<W>, W, accumulator<W>> count_{};
  V mean_{};
  V rest_{};
  accumulator<X> squares_;
};

}  // namespace internal

namespace detail {

struct statistics_of_fn {
  template <class Values, class = typename internal::a_range_of_numbers<Values>::type::yes>
  constexpr auto operator()(Values&& values) const {
    using V = internal::summed_up_t<std::ranges::range_value_t<Values>>;
    internal::merging_statistics<std::ranges::range_value_t<Values>, V> all;
    // A number, where std::vector<bool> has a reference of its own.
    for (std::ranges::range_value_t<Values> const& x : values) {
      if (!is_finite(x))
        detail::values_must_be_finite(internal::place_in<std::remove_cvref_t<Values>>(values)(all.count()), x);
      all.add(static_cast<V>(x));
    }
    return all.value();
  }

  template <
      class Values, class Weights,
      class = typename internal::every<internal::a_range_of_numbers<Values>, internal::a_range_of_numbers<Weights>,
                                       weights_of_values<Values, Weights>>::type::yes>
  constexpr auto operator()(Values&& values, Weights&& weights) const {
    using V = internal::summed_up_t<std::ranges::range_value_t<Values>>;
    using X = std::ranges::range_value_t<Weights>;
    using W = summed_weight_t<X>;
    internal::merging_statistics<std::ranges::range_value_t<Values>, V, W> all;
    std::size_t index = 0;
    auto const add = [&](std::ranges::range_value_t<Values> const& x, X const& w) {
      if (!is_finite(x))
        detail::values_must_be_finite(internal::place_in<std::remove_cvref_t<Values>>(values)(index), x);
      if (!internal::is_finite_and_not_negative(w)) {
        detail::weights_of_values_must_not_be_negative(
            internal::place_in<std::remove_cvref_t<Weights>>(weights)(index), w);
      }
      all.add(static_cast<V>(x), static_cast<W>(w));
      ++index;
    };
    internal::in_step(there_must_be_one_weight_for_each_value, add, values, weights);
    return all.value();
  }
};

}  // namespace detail

/// `merged(a, b)`: the statistics of the values of `a` and those of `b` together:
///
///     count   = n_a + n_b
///     mean    = mean_a + (mean_b - mean_a) n_b / count
///     squares = squares_a + squares_b + (mean_b - mean_a)^2 n_a n_b / count
///
/// Nothing is subtracted that is large: where the means are equal, the mean stays what it is and nothing is added to
/// the squares, in any precision.
///
/// *Arguments*: two `statistics` of one type.
/// *Cost*: O(1), one division.
/// *Laws*: associative, commutative, neutral element `statistics{}`. tests/laws/group_laws.cpp.
/// *Source*: Chan, Golub, LeVeque 1979.
/// *Use*:
///     bellman::merged(bellman::statistics_of(std::array{1.0}), bellman::statistics_of(std::array{3.0})) ==
///         bellman::statistics_of(std::array{1.0, 3.0})
inline constexpr detail::merged_fn merged{};

/// `statistics_of(values)`: the statistics of any range of numbers, one value merged after another.
/// `statistics_of(values, weights)`: where each value counts as often as its weight says.
///
/// Integers and floats are summed up as `double`, other scalars as they are. Values that are equal have exactly their
/// value as mean and squares of exactly 0, however many there are. Otherwise what is rounded away of the mean goes into
/// its next step, so that only the roundings of the steps are left, each as small as its step: the mean of 10^7 values
/// of one sign is within 4 units in the last place, that of others within as many of the mean of their sizes, unless
/// these roundings have all one direction. Distances beyond 1e154 have infinite squares, and those beyond the largest
/// number an infinite mean.
///
/// *Arguments*: ranges that are read once; weights are integers or other numbers.
/// *Errors*: `invalid_value` for a NaN or an infinity, for a negative weight and for lengths that differ.
/// *Cost*: O(n) with one division a value, allocates nothing.
/// *Laws*: a weight is how often a value counts. tests/laws/group_laws.cpp.
/// *Use*:
///     bellman::statistics_of(std::array{1, 1, 4}).mean == 2.0 &&
///         bellman::statistics_of(std::array{1, 4}, std::array{2, 1}).mean == 2.0
inline constexpr detail::statistics_of_fn statistics_of{};

}  // namespace bellman
