// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/internal/describe.hpp>
#include <bellman/internal/element_at.hpp>
#include <bellman/internal/refuse.hpp>
#include <bellman/internal/verdict.hpp>
#include <bellman/loss/internal/requirements.hpp>
#include <bellman/probability/categorical.hpp>
#include <bellman/probability/distribution.hpp>
#include <bellman/scalar/arithmetic.hpp>
#include <bellman/scalar/as_number.hpp>
#include <bellman/scalar/internal/requirements.hpp>
#include <bellman/scalar/is_finite.hpp>

#include <array>
#include <concepts>
#include <cstddef>
#include <ranges>
#include <string>
#include <utility>

namespace bellman {

namespace refused {

struct a_value_must_be_a_number_of_the_kind_of_the_bins {};
struct an_encoded_value_is_a_distribution_over_the_numbers_of_the_bins {};

}  // namespace refused

namespace detail::two_hot {

[[noreturn]] inline void there_must_be_a_bin() {
  internal::refuse("bellman: two_hot without a bin; there must be one at least");
}
template <class V>
[[noreturn]] void bins_must_increase(std::size_t k, V const& x) {
  internal::refuse("bellman: the value of bin " + std::to_string(k) + " is " + internal::describe(x) +
                   "; it must be finite and above that of the bin before");
}
template <class V>
[[noreturn]] void a_value_must_be_a_number(V const& x) {
  internal::refuse("bellman: two-hot encoding of " + internal::describe(x) + "; it must be a number");
}
[[noreturn]] inline void a_distribution_must_be_over_the_bins(std::size_t k, std::size_t n) {
  internal::refuse("bellman: a distribution over bins names bin " + std::to_string(k) + "; there are " +
                   std::to_string(n));
}

// Of what is no range, which the constructor refuses, any number.
template <class Values>
struct number_of {
  using type = double;
};
template <std::ranges::range Values>
struct number_of<Values> {
  using type = number_t<std::ranges::range_value_t<Values>>;
};

template <class V, class X>
struct a_number_beside
    : internal::rule<std::convertible_to<X const&, V>, refused::a_value_must_be_a_number_of_the_kind_of_the_bins> {};

template <class D>
struct numbers_of_bins : internal::rule<distribution_over<D, std::size_t>,
                                        refused::an_encoded_value_is_a_distribution_over_the_numbers_of_the_bins> {};

}  // namespace detail::two_hot

/// `two_hot{values}`: numbers as distributions over bins: `two_hot{values}(x)` is the distribution over the two bins
/// around `x` whose mean is `x`, `two_hot{values}.inverse(d)` the mean of any distribution over the bins 0, 1, ..., n -
/// 1, such as `softmax(logits)`.
///
/// Outside of the bins all of it is on the first or the last. After a transform, `transform_after{two_hot{values}, h}`,
/// it is how MuZero represents values.
///
/// *Arguments*: `values[k]` is what bin `k` stands for: a random-access range, by value or a view; integers count as
/// `double`. With a second argument `out`, `two_hot{values}(x, out)` writes the weights of all bins there and returns
/// its end.
/// *Errors*: throws `invalid_value` unless the values are finite and strictly increasing and there is one; for an `x`
/// that is a NaN; and for a distribution that names a bin that there is not.
/// *Cost*: O(log n); all weights O(n).
/// *Laws*: `inverse(t(x)) == x` between the least and the largest value (tests/loss/two_hot.cpp).
/// *Source*: Schrittwieser et al. 2020, appendix F.
/// *Use*:
///     bellman::two_hot{std::vector{0.0, 10.0}}.inverse(bellman::two_hot{std::vector{0.0, 10.0}}(2.5)) == 2.5
template <class Values>
class two_hot {
  using verdict_on_values = internal::a_random_access_range_of_numbers<Values>;

 public:
  /// What the bins' numbers are computed in: integers count as double.
  using value_type = typename detail::two_hot::number_of<Values>::type;

  // Deleted, where the others would be listed.
  template <class... X, class Reason = typename verdict_on_values::type>
    requires internal::is_a_reason<Reason>
  explicit two_hot(X...) = delete;
  constexpr explicit two_hot(Values its_values) requires internal::accepts<verdict_on_values>
      : values_(std::move(its_values)) {
    if (size() == 0) detail::two_hot::there_must_be_a_bin();
    for (std::size_t k = 0; k < size(); ++k) {
      value_type const x = value(k);
      if (!is_finite(x) || (k > 0 && !(value(k - 1) < x))) {
        detail::two_hot::bins_must_increase(k, x);
      }
    }
  }

  constexpr std::size_t size() const { return static_cast<std::size_t>(std::ranges::distance(values_)); }

  /// What bin `k` stands for.
  constexpr value_type value(std::size_t k) const { return static_cast<value_type>(internal::element_at(values_, k)); }

  /// `(1 - p) [k] + p [k + 1]` with `(1 - p) value(k) + p value(k + 1) = x`.
  /// With `out` the weights of all bins, written there; returns its end.
  template <
      class X, class... Out,
      class = typename internal::every<internal::a_number<X>, detail::two_hot::a_number_beside<value_type, X>,
                                       internal::at_most_one_output<value_type, Out...>>::type::yes>
  constexpr auto operator()(X const& x, Out... out) const {
    value_type const value = x;
    if constexpr (sizeof...(Out) == 0) {
      return points(value);
    } else {
      return write(value, std::move(out)...);
    }
  }

  /// The mean of a distribution over the numbers of the bins.
  template <class D, class = typename detail::two_hot::numbers_of_bins<D>::type::yes>
  constexpr auto inverse(D const& d) const {
    return expectation(d, [&](std::size_t k) {
      if (k >= size()) detail::two_hot::a_distribution_must_be_over_the_bins(k, size());
      return value(k);
    });
  }

 private:
  constexpr auto points(value_type const& x) const {
    if (!(x == x)) detail::two_hot::a_value_must_be_a_number(x);
    auto const [lower, upper] = around(x);
    value_type const low = value(lower);
    value_type const high = value(upper);
    value_type share(0);
    if (low < x) share = x < high ? share_of(low, x, high) : value_type(1);
    using point = weighted<std::size_t, value_type>;
    return categorical(internal::weights_checked{},
                       std::array{point{lower, difference(value_type(1), share)}, point{upper, share}});
  }

  template <class Out>
  constexpr Out write(value_type const& x, Out out) const {
    auto const two = points(x);
    for (std::size_t k = 0; k < size(); void(++k), ++out) {
      value_type all(0);
      for (auto const& e : two) {
        if (e.value == k) all = sum(all, e.probability);
      }
      *out = all;
    }
    return out;
  }

  // Halved where the distance of the bins would be infinite.
  static constexpr value_type share_of(value_type const& low, value_type const& x, value_type const& high) {
    value_type const width = difference(high, low);
    if (is_finite(width)) return quotient(difference(x, low), width);
    auto const half = [](value_type const& v) { return value_type(quotient(v, value_type(2))); };
    return quotient(difference(half(x), half(low)), difference(half(high), half(low)));
  }
  // The bins on both sides of x, or the first or last two.
  constexpr std::array<std::size_t, 2> around(value_type const& x) const {
    std::size_t lower = 0;
    std::size_t upper = size() - 1;
    while (lower + 1 < upper) {
      std::size_t const middle = lower + (upper - lower) / 2;
      (x < value(middle) ? upper : lower) = middle;
    }
    return {lower, upper};
  }

  Values values_;
};
template <class Values>
two_hot(Values) -> two_hot<Values>;

}  // namespace bellman
