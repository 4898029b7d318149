// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/groups/group_advantages.hpp>
#include <bellman/probability/spread.hpp>

namespace bellman {

/// `whitening{spread}`: every number less the mean of all, divided by the spread of all,
///
///     (x - mean) / spread
///
/// Called with a range of numbers, or with a batch of sequences, each of its own length: all their numbers count alike,
/// there is no padding, and the result has the same shape. A last argument `out` writes the numbers one after another.
///
/// It is `group_advantages` with the baseline and the scale of the whole batch: equal numbers become exactly 0 in any
/// precision. Throws `invalid_value` for a NaN or an infinity. O(n), two passes.
template <class Spread>
struct whitening : group_advantages<over_batch<group_mean>, over_batch<Spread>> {
  constexpr whitening(Spread spread = {})
      : group_advantages<over_batch<group_mean>, over_batch<Spread>>{{}, {spread}} {}
};

/// `whiten(values)`, `whiten(sequences)`: whitening by the standard deviation.
inline constexpr whitening<standard_deviation> whiten{};

}  // namespace bellman
