// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/internal/refuse.hpp>
#include <bellman/scalar/arithmetic.hpp>
#include <bellman/scalar/as_number.hpp>
#include <bellman/scalar/square_root.hpp>

#include <concepts>
#include <cstddef>

namespace bellman {

namespace detail {

[[noreturn]] inline void the_error_of_one_episode_is_unknown() {
  internal::refuse("bellman: the error of an estimate from one episode is unknown; it needs two episodes at least");
}

}  // namespace detail

/// What off-policy evaluation answers: the value, how far it may be off, and how much of the batch speaks of it.
///
/// `squared_deviations` is `sum_i psi_i^2`, where `psi_i` is what episode `i` moves the estimate by: its own estimate
/// less the mean for a plain mean, the first-order (delta method) term for a weighted form.
template <class V>
struct off_policy_estimate {
  V value;
  V squared_deviations;
  V effective_sample_size;  ///< of the episodes' products of ratios, see `effective_sample_size`
  std::size_t episodes;

  /// The estimated variance of `value`, `sum_i psi_i^2 / (n (n - 1))`: exact for exact scalars. Throws `invalid_value`
  /// for a single episode.
  [[nodiscard]] constexpr V variance() const {
    if (episodes < 2) detail::the_error_of_one_episode_is_unknown();
    V const n = as_number<V>(episodes);
    return quotient(squared_deviations, product(n, difference(n, V(1))));
  }
  /// Its square root, for scalars that have one.
  [[nodiscard]] constexpr V standard_error() const requires std::invocable<decltype((bellman::sqrt)), V const&> {
    return bellman::sqrt(variance());
  }
};

}  // namespace bellman
