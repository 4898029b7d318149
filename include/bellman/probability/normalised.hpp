// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/internal/array_of.hpp>
#include <bellman/internal/describe.hpp>
#include <bellman/internal/one_for_each.hpp>
#include <bellman/internal/refuse.hpp>
#include <bellman/internal/verdict.hpp>
#include <bellman/probability/categorical.hpp>
#include <bellman/probability/distribution.hpp>
#include <bellman/probability/internal/requirements.hpp>
#include <bellman/probability/internal/weights.hpp>
#include <bellman/scalar/arithmetic.hpp>
#include <bellman/scalar/as_number.hpp>
#include <bellman/scalar/field.hpp>
#include <bellman/scalar/internal/is_finite_and.hpp>
#include <bellman/scalar/internal/requirements.hpp>

#include <cstddef>
#include <ranges>
#include <string>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

namespace bellman {

namespace detail {

template <class P>
[[noreturn]] void weights_in_proportion_must_be_finite_and_not_negative(std::size_t index, P const& p) {
  internal::refuse("bellman: weight " + std::to_string(index) + " is " + internal::describe(p) +
                   "; it must be a finite number from 0 on");
}
template <class P>
[[noreturn]] void weights_in_proportion_must_have_a_sum(P const& total) {
  internal::refuse("bellman: the weights sum to " + internal::describe(total) +
                   "; they are divided by their sum, which must be finite and above 0");
}

template <class Weights>
consteval auto judge_weights_to_normalise() {
  if constexpr (!internal::has_values_and_probabilities<Weights>) {
    return typename internal::every<internal::a_forward_range_of_numbers<Weights const>,
                                    internal::a_number_with_an_order<internal::elements_of_t<Weights const>>>::type{};
  } else if constexpr (!internal::accepts<internal::a_distribution<Weights>>) {
    return typename internal::a_distribution<Weights>::type{};
  } else {
    return typename internal::rule<field<internal::probability_of_t<Weights>>,
                                   refused::these_probabilities_are_no_numbers_and_need_weights_in_a_field>::type{};
  }
}
template <class Weights>
struct weights_to_normalise {
  using type = decltype(detail::judge_weights_to_normalise<Weights>());
};

struct normalised_fn {
  template <class Weights, class = typename weights_to_normalise<Weights>::type::yes>
  constexpr auto operator()(Weights const& weights) const {
    if constexpr (!internal::has_values_and_probabilities<Weights>) {
      using W = std::ranges::range_value_t<Weights const>;
      auto shares = internal::one_for_each<number_t<W>>(weights);
      auto share = std::ranges::begin(shares);
      for (W const& w : weights) *share++ = static_cast<number_t<W>>(w);
      divide_by_the_sum(
          shares, [](auto& w) -> auto& { return w; });
      return shares;
    } else {
      auto points = points_of(weights);
      divide_by_the_sum(
          points, [](auto& point) -> auto& { return point.probability; });
      return categorical<decltype(points)>(internal::weights_checked{}, std::move(points));
    }
  }

 private:
  // `weight(point)` is a reference.
  template <class Points, class Weight>
  static constexpr void divide_by_the_sum(Points& points, Weight const& weight) {
    using P = std::remove_cvref_t<decltype(weight(*std::ranges::begin(points)))>;
    P total(0);
    std::size_t n = 0;
    for (auto& point : points) {
      if (!internal::is_finite_and_not_negative(weight(point))) {
        detail::weights_in_proportion_must_be_finite_and_not_negative(n, weight(point));
      }
      total = sum(total, weight(point));
      ++n;
    }
    if (!internal::is_finite_and_positive(total)) detail::weights_in_proportion_must_have_a_sum(total);
    for (auto& point : points) weight(point) = quotient(weight(point), total);
  }

  template <class Points>
  static constexpr auto points_of(Points const& given) {
    using point = weighted<support_t<Points>, probability_t<Points>>;
    if constexpr (internal::is_std_array<Points>) {
      return internal::array_of<std::tuple_size_v<Points>>([&](std::size_t i) {
        return point{given[i].value, given[i].probability};
      });
    } else {
      std::vector<point> points;
      for (auto&& e : given) points.push_back({e.value, e.probability});
      return points;
    }
  }
};

}  // namespace detail

/// `normalised(weights)`: `w_i / sum_j w_j`, weights that sum to one, of some that only almost do, such as those typed
/// in with a few digits, or not at all, such as counts.
///
/// Nothing else makes weights sum to one: what is built from weights that do not is refused, and this says that they
/// are meant in proportion.
///
/// *Arguments*: a range of elements with a `.value` and a `.probability`, as `categorical` takes, gives a
/// `categorical`; a range of numbers gives their shares. A `std::array` gives a `std::array` or a `categorical` of one,
/// other ranges a `std::vector`. Integers give `double`.
/// *Errors*: `invalid_value` for a weight below zero or not finite, which it names, and for weights whose sum is 0 or
/// too large to be a number.
/// *Cost*: O(n), two passes and a division a weight.
/// *Laws*: a positive factor for every weight changes nothing; weights that sum to one stay what they are, exactly so
/// for exact scalars. tests/probability/normalised.cpp.
/// *Use*:
///     bellman::normalised(std::array{1, 3}) == std::array{0.25, 0.75}
inline constexpr detail::normalised_fn normalised{};

}  // namespace bellman
