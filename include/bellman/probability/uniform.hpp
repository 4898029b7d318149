// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/internal/verdict.hpp>
#include <bellman/probability/distribution.hpp>
#include <bellman/probability/internal/requirements.hpp>
#include <bellman/probability/internal/rules.hpp>
#include <bellman/probability/internal/weights.hpp>
#include <bellman/probability/weight.hpp>
#include <bellman/scalar/arithmetic.hpp>

#include <array>
#include <concepts>
#include <cstddef>
#include <ranges>
#include <type_traits>
#include <utility>

namespace bellman {

namespace detail {

// A range of its own as a view, like std::ranges::owning_view, but copied with it: distributions are copied along with
// the environments that they begin.
template <std::ranges::forward_range R>
class held_range : public std::ranges::view_interface<held_range<R>> {
 public:
  constexpr explicit held_range(R its_range) : range_(std::move(its_range)) {}

  constexpr auto begin() const { return std::ranges::begin(range_); }
  constexpr auto end() const { return std::ranges::end(range_); }

 private:
  R range_;
};

struct with_unit_fraction {
  std::size_t count;

  template <class X>
  constexpr auto operator()(X&& x) const {
    return weighted<std::remove_cvref_t<X>, unit_fraction>{std::forward<X>(x), unit_fraction{count}};
  }
};

}  // namespace detail

/// The distribution that gives each element of a range the same probability: what `uniform` returns.
template <std::ranges::view View>
class uniform_distribution {
 public:
  static constexpr bool weights_were_checked = true;

  constexpr explicit uniform_distribution(View its_view) : points_(std::move(its_view), {0}) {
    auto const n = static_cast<std::size_t>(std::ranges::distance(points_));
    if (n == 0) internal::a_distribution_must_have_a_value();
    points_ = std::ranges::transform_view<View, detail::with_unit_fraction>(std::move(points_).base(), {n});
  }

  constexpr auto begin() const { return std::ranges::begin(points_); }
  constexpr auto end() const { return std::ranges::end(points_); }

  /// The value in which a number of [0, 1) falls, each having 1 / n of it.
  constexpr auto value_at(
      double u) const requires std::ranges::random_access_range<View const> && std::ranges::sized_range<View const> {
    auto const n = std::ranges::size(points_);
    auto const place = static_cast<decltype(n)>(product(u, static_cast<double>(n)));
    return begin()[static_cast<std::ranges::range_difference_t<View const>>(place < n ? place : n - 1)].value;
  }

 private:
  std::ranges::transform_view<View, detail::with_unit_fraction> points_;
};

namespace internal {

template <class View>
inline constexpr bool finds_its_values<uniform_distribution<View>> =
    std::ranges::random_access_range<View const>&& std::ranges::sized_range<View const>;

}  // namespace internal

namespace refused {

struct these_values_cannot_be_copied {};

}  // namespace refused

namespace detail {

// Whether the values can be held: an array is copied into a std::array.
template <class R>
concept keeps = std::constructible_from<std::remove_cvref_t<R>, R> ||
    (std::is_array_v<std::remove_cvref_t<R>> && !std::is_array_v<std::ranges::range_value_t<R>> &&
     std::constructible_from<std::ranges::range_value_t<R>, std::ranges::range_reference_t<R>>);

struct uniform_fn {
  template <class R,
            class = typename internal::every<
                internal::rule<std::ranges::forward_range<R>, refused::values_must_be_a_range_that_can_be_walked_twice>,
                internal::rule<keeps<R>, refused::these_values_cannot_be_copied>>::type::yes>
  constexpr auto operator()(R&& values) const {
    if constexpr (std::ranges::view<std::remove_cvref_t<R>>) {
      return uniform_distribution(std::remove_cvref_t<R>(std::forward<R>(values)));
    } else if constexpr (std::is_array_v<std::remove_cvref_t<R>>) {
      return uniform_distribution(held_range(std::to_array(std::forward<R>(values))));
    } else {
      return uniform_distribution(held_range(std::remove_cvref_t<R>(std::forward<R>(values))));
    }
  }
};

}  // namespace detail

/// `uniform(range)`: each element with probability `1 / n`, in whatever field it meets: exact in exact fields.
///
/// *Arguments*: a range that can be walked more than once. A view is kept as a view, other ranges are copied or moved
/// in.
/// *Errors*: `invalid_value` for an empty range.
/// *Cost*: O(1) beside keeping the range, O(n) for one whose length must be counted.
/// *Use*:
///     bellman::expectation(bellman::uniform(std::array{1, 2, 6}), [](int x) { return 1.0 * x; }) == 3.0
inline constexpr detail::uniform_fn uniform{};

}  // namespace bellman
