// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/conventions/internal/requirements.hpp>
#include <bellman/probability/spread.hpp>
#include <bellman/probability/statistics.hpp>
#include <bellman/scalar/arithmetic.hpp>

#include <type_traits>

namespace bellman::conventions::trl {

/// `variance_by_float{}(s) = squares / n` times `n / (n - 1)`, a quotient of integers and so a float. Of one value, or
/// none, it is 0.
///
/// *Use*:
///     bellman::conventions::trl::variance_by_float{}(bellman::statistics_of(std::array{1.0, 3.0})) == 2.0
struct variance_by_float {
  template <class Statistics, class = typename internal::statistics_of_tokens<Statistics>::type::yes>
  constexpr auto operator()(Statistics const& s) const {
    using V = std::remove_cvref_t<decltype(s.mean)>;
    if (s.count < 2) return V{};
    float const bessel = static_cast<float>(s.count) / static_cast<float>(s.count - 1);
    return product(population_variance{}(s), static_cast<V>(bessel));
  }
};

/// `deviation(s)`: `std + 1e-4`, the scale of a group (`scale_rewards="group"`), as `over_batch{deviation}` that of the
/// batch, and `unscaled{}` for none.
///
/// *Use*:
///     bellman::conventions::trl::deviation(bellman::statistics_of(std::array{3.0, 3.0})) == 1e-4
inline constexpr spread_plus deviation{root_of{variance_by_float{}}, 1e-4};

}  // namespace bellman::conventions::trl
