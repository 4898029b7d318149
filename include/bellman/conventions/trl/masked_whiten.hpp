// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/conventions/arrays/for_every_token.hpp>
#include <bellman/conventions/internal/requirements.hpp>
#include <bellman/conventions/shared/whitened_rows.hpp>
#include <bellman/probability/spread.hpp>
#include <bellman/probability/statistics.hpp>
#include <bellman/scalar/as_number.hpp>

#include <cstddef>
#include <ranges>
#include <vector>

namespace bellman::conventions::trl {

namespace detail {

template <auto const& Whitened>
struct masked_whiten_fn {
  template <class Rows, class Masks,
            class = typename internal::every<internal::rows_of_numbers<Rows>, internal::rows_of_flags<Masks>,
                                             internal::rows_with_an_exponential<Rows>>::type::yes>
  constexpr auto operator()(Rows const& values, Masks const& masks) const {
    using V = number_t<std::ranges::range_value_t<std::ranges::range_value_t<Rows>>>;
    std::vector<V> tokens;
    for_every_token(values, masks, [&](std::size_t, auto const& x) { tokens.push_back(static_cast<V>(x)); });
    return Whitened(values, statistics_of(tokens), root_of{spread_plus{sample_variance{}, 1e-8}});
  }
};

}  // namespace detail

/// `masked_whiten(values, masks)`: `(x - mean) / sqrt(variance + 1e-8)` at every position, masked ones too, with the
/// statistics of the tokens that masks keep.
///
/// *Arguments*: rows of numbers and their masks.
/// *Errors*: `invalid_value` for fewer than 2 tokens, for a token that is NaN or infinite, and where rows and masks do
/// not match.
/// *Source*: trl/experimental/ppo/ppo_trainer.py.
/// *Use*:
///     bellman::conventions::trl::masked_whiten(std::vector<std::vector<double>>{{2, 4, 3}},
///                                              std::vector<std::vector<int>>{{1, 1, 0}})[0][2] == 0.0
inline constexpr detail::masked_whiten_fn<whitened_rows> masked_whiten{};

/// `masked_whiten_around_mean(values, masks)`: `masked_whiten` with `shift_mean=False`, which adds the mean again.
///
/// *Arguments*: rows of numbers and their masks.
/// *Errors*: those of `masked_whiten`.
/// *Source*: trl/experimental/ppo/ppo_trainer.py.
/// *Use*:
///     bellman::conventions::trl::masked_whiten_around_mean(std::vector<std::vector<double>>{{2, 4, 3}},
///                                                          std::vector<std::vector<int>>{{1, 1, 0}})[0][2] == 3.0
inline constexpr detail::masked_whiten_fn<whitened_rows_around_mean> masked_whiten_around_mean{};

}  // namespace bellman::conventions::trl
