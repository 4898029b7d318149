// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/conventions/arrays/common_length.hpp>
#include <bellman/conventions/arrays/number_at.hpp>
#include <bellman/conventions/internal/requirements.hpp>
#include <bellman/conventions/shared/whitened_rows.hpp>
#include <bellman/conventions/trl/deviation.hpp>
#include <bellman/internal/element_at.hpp>
#include <bellman/probability/spread.hpp>
#include <bellman/probability/statistics.hpp>

#include <cstddef>
#include <ranges>

namespace bellman::conventions::trl {

namespace detail {

template <auto const& Whitened>
struct whitened_tokens_fn {
  template <class Rows, class Tokens,
            class = typename internal::every<internal::random_access_rows_of_numbers<Rows>,
                                             internal::a_column_of_indices<Tokens>,
                                             internal::rows_with_an_exponential<Rows>>::type::yes>
  constexpr auto operator()(Rows const& rows, Tokens const& tokens) const {
    std::size_t const n = common_length(rows, tokens);
    auto const own = [&](std::size_t i) {
      return std::views::take(internal::element_at(rows, i), static_cast<std::ptrdiff_t>(number_at(tokens, i)));
    };
    decltype(statistics_of(own(0))) all{};
    for (std::size_t i = 0; i < n; ++i) all = merged(all, statistics_of(own(i)));
    return Whitened(rows, all, root_of{spread_plus{variance_by_float{}, 1e-8}}, [&](std::size_t i, std::size_t t) {
      return t < static_cast<std::size_t>(number_at(tokens, i));
    });
  }
};

}  // namespace detail

/// `whitened_tokens(rows, tokens)`: padded rows of which the first `tokens[i]` numbers of row i count:
/// `(x - mean) / sqrt(variance + 1e-8)` of these over all rows, 0 behind them.
///
/// As the PPO trainer calls `masked_whiten`: its masks are of booleans, so that Bessel's correction `n / (n - 1)` is a
/// quotient of integers, a float.
///
/// *Arguments*: rows of numbers, and how many of each count.
/// *Errors*: `invalid_value` for fewer than 2 tokens, a NaN or an infinity, and for lengths that differ.
/// *Source*: trl/experimental/ppo/ppo_trainer.py.
/// *Use*:
///     bellman::conventions::trl::whitened_tokens(std::vector<std::vector<double>>{{2, 9}, {2, 2}},
///                                                std::array{1, 2}) ==
///         std::vector<std::vector<double>>{{0, 0}, {0, 0}}
inline constexpr detail::whitened_tokens_fn<whitened_rows> whitened_tokens{};

/// `whitened_tokens_around_mean(rows, tokens)`: `whitened_tokens` with `shift_mean=False`, which adds the mean again.
///
/// *Arguments*: rows of numbers, and how many of each count.
/// *Errors*: those of `whitened_tokens`.
/// *Source*: trl/experimental/ppo/ppo_trainer.py.
/// *Use*:
///     bellman::conventions::trl::whitened_tokens_around_mean(std::vector<std::vector<double>>{{2, 9}, {2, 2}},
///                                                            std::array{1, 2}) ==
///         std::vector<std::vector<double>>{{2, 0}, {2, 2}}
inline constexpr detail::whitened_tokens_fn<whitened_rows_around_mean> whitened_tokens_around_mean{};

}  // namespace bellman::conventions::trl
