// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/groups/baseline.hpp>
#include <bellman/groups/group_advantages.hpp>
#include <bellman/groups/internal/what_is_called.hpp>
#include <bellman/groups/over_batch.hpp>
#include <bellman/internal/verdict.hpp>
#include <bellman/probability/spread.hpp>

#include <concepts>
#include <utility>

namespace bellman {

/// `whitening{spread}`: every number less the mean of all, divided by the spread of all,
///
///     (x - mean) / spread
///
/// It is `group_advantages` with the baseline and the scale of the whole batch: equal numbers become exactly 0 in any
/// precision. There is no padding.
///
/// *Arguments*: a `spread_of` the numbers. Called with a range of numbers, or with a batch of sequences, each of its
/// own length: all their numbers count alike, and the result has the same shape. A last argument `out` writes the
/// numbers one after another.
/// *Errors*: `invalid_value` for a NaN or an infinity, and where the squares overflow.
/// *Cost*: O(n), two passes.
/// *Use*:
///     bellman::whitening{bellman::sample_variance{}}(std::array{1.0, 3.0}) == std::array{-0.5, 0.5}
template <class Spread>
struct whitening : group_advantages<over_batch<group_mean>, over_batch<Spread>> {
  using verdict_on_spread = internal::what_may_be_a_scale<Spread>;

  constexpr whitening() = default;
  constexpr explicit whitening(Spread spread) requires internal::accepts<verdict_on_spread>
      : group_advantages<over_batch<group_mean>, over_batch<Spread>>{over_batch<group_mean>{},
                                                                     over_batch<Spread>{std::move(spread)}} {}
  // Deleted, where the others would be listed.
  template <class... X, class Reason = typename verdict_on_spread::type>
  requires(!std::same_as<Reason, internal::accepted>) explicit whitening(X...) = delete;
};
template <class Spread>
whitening(Spread) -> whitening<Spread>;

/// `whiten(values)`, `whiten(sequences)`: whitening by the standard deviation.
///
/// *Arguments*: forms as in `whitening`.
/// *Errors*: those of `whitening`; numbers without a square root, such as exact ones, do not compile.
/// *Laws*: neither a constant more nor a positive factor for every number changes anything. tests/laws/group_laws.cpp.
/// *Use*:
///     bellman::whiten(std::vector<std::vector<double>>{{4, 2}, {0}}) == std::vector<std::vector<double>>{{1, 0}, {-1}}
inline constexpr whitening<standard_deviation> whiten{};

}  // namespace bellman
