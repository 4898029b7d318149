// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/error.hpp>
#include <bellman/internal/describe.hpp>
#include <bellman/probability/categorical.hpp>
#include <bellman/probability/distribution.hpp>
#include <bellman/scalar/arithmetic.hpp>
#include <bellman/scalar/as_number.hpp>
#include <bellman/scalar/field.hpp>
#include <bellman/scalar/internal/check_output.hpp>
#include <bellman/scalar/is_finite.hpp>

#include <array>
#include <concepts>
#include <cstddef>
#include <iterator>
#include <ranges>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

namespace bellman {

namespace detail::two_hot {

[[noreturn]] inline void there_must_be_a_bin() {
  throw invalid_value("bellman: two_hot without a bin; there must be one at least");
}
[[noreturn]] inline void an_even_spacing_needs_two_values(std::size_t n) {
  throw invalid_value("bellman: evenly_spaced: " + std::to_string(n) + " values; there must be two at least");
}
template <class V>
[[noreturn]] void bins_must_increase(std::size_t k, V const& x) {
  throw invalid_value("bellman: the value of bin " + std::to_string(k) + " is " + internal::describe(x) +
                      "; it must be finite and above that of the bin before");
}
template <class V>
[[noreturn]] void a_value_must_be_a_number(V const& x) {
  throw invalid_value("bellman: two-hot encoding of " + internal::describe(x) + "; it must be a number");
}
[[noreturn]] inline void a_distribution_must_be_over_the_bins(std::size_t k, std::size_t n) {
  throw invalid_value("bellman: a distribution over bins names bin " + std::to_string(k) + "; there are " +
                      std::to_string(n));
}

}  // namespace detail::two_hot

/// Numbers as distributions over bins: `two_hot{values}(x)` is the distribution over the two bins around `x` whose mean
/// is `x`, `two_hot{values}.inverse(d)` the mean of any distribution over the bins 0, 1, ..., n - 1, such as
/// `softmax(logits)`.
///
/// `values[k]` is what bin `k` stands for: a random-access range, by value or a view. Throws `invalid_value` unless it
/// has an element, is finite and strictly increasing. After a transform, `transform_after{two_hot{values}, h}`, it is
/// how MuZero represents values. Law: `inverse(t(x)) == x` between the least and the largest value. Schrittwieser et
/// al. 2020, appendix F.
template <class Values>
class two_hot {
  static_assert(std::ranges::random_access_range<Values>,
                "bellman: two_hot needs its bins in a random-access range, such as a std::vector");

 public:
  /// What the bins' numbers are computed in: integers count as double.
  using value_type =
      std::conditional_t<std::integral<std::ranges::range_value_t<Values>>, double, std::ranges::range_value_t<Values>>;

  constexpr explicit two_hot(Values its_values) : values_(std::move(its_values)) {
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
  constexpr value_type value(std::size_t k) const {
    return static_cast<value_type>(
        std::ranges::begin(values_)[static_cast<std::ranges::range_difference_t<Values const>>(k)]);
  }

  /// `(1 - p) [k] + p [k + 1]` with `(1 - p) value(k) + p value(k + 1) = x`; outside of the bins all of it on the first
  /// or the last. Throws `invalid_value` for a NaN. O(log n).
  constexpr auto operator()(value_type const& x) const {
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

  /// The weights of all bins, written to `out`; returns its end. O(n).
  template <std::weakly_incrementable Out>
  constexpr Out operator()(value_type const& x, Out out) const {
    internal::check_output<Out, value_type>();
    auto const points = (*this)(x);
    for (std::size_t k = 0; k < size(); ++k, ++out) {
      value_type all(0);
      for (auto const& e : points) {
        if (e.value == k) all = sum(all, e.probability);
      }
      *out = all;
    }
    return out;
  }

  /// The mean of a distribution over the numbers of the bins. Throws `invalid_value` for a number that is none of them.
  template <distribution_over<std::size_t> D>
  constexpr auto inverse(D const& d) const {
    return expectation(d, [&](std::size_t k) {
      if (k >= size()) detail::two_hot::a_distribution_must_be_over_the_bins(k, size());
      return value(k);
    });
  }

 private:
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

namespace detail::two_hot {

template <class L, class H>
using spaced_t = number_t<std::common_type_t<L, H>>;

struct evenly_spaced_fn {
  template <class L, class H>
    requires ordered_field<spaced_t<L, H>>
  constexpr std::vector<spaced_t<L, H>> operator()(L const& lowest, H const& highest, std::size_t count) const {
    std::vector<spaced_t<L, H>> values(count, spaced_t<L, H>(0));
    (*this)(lowest, highest, count, values.begin());
    return values;
  }

  template <class L, class H, std::input_or_output_iterator Out>
    requires ordered_field<spaced_t<L, H>>
  constexpr Out operator()(L const& lowest, H const& highest, std::size_t count, Out out) const {
    using V = spaced_t<L, H>;
    internal::check_output<Out, V>();
    if (count < 2) an_even_spacing_needs_two_values(count);
    for (std::size_t k = 0; k < count; ++k) {
      V const below = product(as_number<V>(count - 1 - k), static_cast<V>(lowest));
      V const above = product(as_number<V>(k), static_cast<V>(highest));
      *out = quotient(V(sum(below, above)), as_number<V>(count - 1));
      ++out;
    }
    return out;
  }
};

}  // namespace detail::two_hot

/// `evenly_spaced(lowest, highest, count)`: `count` values at equal distances, both ends included, of the two ends'
/// type; integers count as `double`. A last argument `out` writes them there and returns its end. Throws
/// `invalid_value` for fewer than two.
inline constexpr detail::two_hot::evenly_spaced_fn evenly_spaced{};

}  // namespace bellman
