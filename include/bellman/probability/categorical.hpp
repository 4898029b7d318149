// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/internal/verdict.hpp>
#include <bellman/probability/distribution.hpp>
#include <bellman/probability/internal/requirements.hpp>
#include <bellman/probability/internal/weights.hpp>

#include <ranges>
#include <utility>

namespace bellman {

/// `categorical{points}`: a distribution whose weights stand in a container.
///
/// *Arguments*: a range of elements with a `.value` and a `.probability`, such as a `std::array` or a `std::vector` of
/// `weighted`, which is moved in or copied.
/// *Errors*: `invalid_value`, and does not compile in a constant expression, unless the weights are at least zero and
/// sum to one (see `weight_tolerance`); `normalised` makes them.
/// *Cost*: O(n).
/// *Use*:
///     bellman::categorical{std::vector{bellman::weighted{7, 0.25}, bellman::weighted{8, 0.75}}}.begin()->value == 7
template <class Points>
class categorical {
 public:
  static constexpr bool weights_were_checked = true;

  constexpr explicit categorical(Points its_points) requires distribution<Points> : points_(std::move(its_points)) {
    check_weights(points_);
  }
  // Deleted for what is none, where all ways to make one would be listed.
  template <class Reason = typename internal::a_distribution<Points>::type>
  requires(!distribution<Points>) constexpr explicit categorical(Points) = delete;

  /// For weights that are right by the way they were made, such as those of a softmax.
  constexpr categorical(internal::weights_checked, Points its_points) : points_(std::move(its_points)) {}

  constexpr auto begin() const { return std::ranges::begin(points_); }
  constexpr auto end() const { return std::ranges::end(points_); }

  friend bool operator==(categorical const&, categorical const&) = default;

 private:
  Points points_;
};

}  // namespace bellman
