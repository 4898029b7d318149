// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/conventions/internal/requirements.hpp>
#include <bellman/groups/baseline.hpp>
#include <bellman/groups/unless_alone.hpp>
#include <bellman/probability/spread.hpp>

namespace bellman::conventions::verl {

/// `mean_of_scores`: the mean of a group, but 0 for a group of one, so that its score stays what it is.
///
/// *Use*:
///     bellman::group_advantages{bellman::conventions::verl::mean_of_scores}(std::array{5.0}) == std::array{5.0}
inline constexpr unless_alone mean_of_scores{group_mean{}, 0};

namespace detail {

struct deviation_fn {
  template <class E, class = typename internal::a_real_constant<E>::type::yes>
  constexpr auto operator()(E epsilon) const {
    return unless_alone{spread_plus{standard_deviation{}, epsilon}, 1.0f + static_cast<float>(epsilon)};
  }
};

}  // namespace detail

/// `deviation(epsilon)`: the standard deviation plus epsilon, but for a group of one the float `1 + epsilon`.
///
/// *Use*:
///     bellman::conventions::verl::deviation(0.5)(bellman::statistics_of(std::array{3.0, 3.0})) == 0.5
inline constexpr detail::deviation_fn deviation{};

}  // namespace bellman::conventions::verl
