// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/conventions/internal/check_two_tokens.hpp>
#include <bellman/conventions/internal/requirements.hpp>
#include <bellman/probability/spread.hpp>
#include <bellman/probability/statistics.hpp>
#include <bellman/scalar/arithmetic.hpp>
#include <bellman/scalar/as_number.hpp>

#include <cstddef>
#include <ranges>
#include <vector>

namespace bellman::conventions {

namespace detail {

template <bool AroundMean>
struct whitened_rows_fn {
  template <class Rows, class Statistics, class Spread, class... Place,
            class = typename internal::every<
                internal::rows_of_numbers<Rows>, internal::statistics_of_tokens<Statistics>,
                internal::a_spread_of<Spread, Statistics>, internal::statistics_of_rows<Statistics, Rows>,
                internal::a_predicate_of_positions<Place...>>::type::yes>
  constexpr auto operator()(Rows const& rows, Statistics const& tokens, Spread const& spread,
                            Place const&... place) const {
    using S = decltype(tokens.mean);
    auto const is_whitened = [&]([[maybe_unused]] std::size_t row, [[maybe_unused]] std::size_t position) {
      return (place(row, position) && ...);
    };
    using V = number_t<std::ranges::range_value_t<std::ranges::range_value_t<Rows>>>;
    internal::check_two_tokens(tokens.count);
    S const width = spread(tokens);
    std::vector<std::vector<V>> whitened;
    for (auto const& row : rows) {
      std::size_t const i = whitened.size();
      whitened.emplace_back();
      for (auto const& x : row) {
        if (!is_whitened(i, whitened[i].size())) {
          whitened[i].push_back(V{});
          continue;
        }
        S const centred = quotient(difference(static_cast<S>(x), tokens.mean), width);
        whitened[i].push_back(static_cast<V>(AroundMean ? S(sum(centred, tokens.mean)) : centred));
      }
    }
    return whitened;
  }
};

}  // namespace detail

/// `whitened_rows(rows, statistics, spread)`: `(x - mean) / spread` at every position of padded rows. What libraries
/// whiten with differs in which tokens the statistics are of, in what is rounded there, and in how the spread is taken.
///
/// *Arguments*: rows of numbers; `statistics` of those tokens that count; a `spread_of` them. Last, where not all
/// positions are whitened, `is_whitened(row, position)`; the others get 0, and are not looked at.
/// *Errors*: `invalid_value` for statistics of fewer than 2 tokens.
/// *Cost*: O(positions), one vector for each row.
/// *Use*:
///     bellman::conventions::whitened_rows(std::vector<std::vector<double>>{{1, 3}, {5}},
///                                         bellman::statistics_of(std::array{1.0, 3.0}), bellman::sample_variance{}) ==
///         std::vector<std::vector<double>>{{-0.5, 0.5}, {1.5}}
inline constexpr detail::whitened_rows_fn<false> whitened_rows{};

/// `whitened_rows_around_mean(rows, statistics, spread)`: `(x - mean) / spread + mean`, what libraries call
/// `shift_mean=False`.
///
/// *Arguments*: forms as in `whitened_rows`.
/// *Errors*: those of `whitened_rows`.
/// *Use*:
///     bellman::conventions::whitened_rows_around_mean(std::vector<std::vector<double>>{{1, 3}, {5}},
///                                                     bellman::statistics_of(std::array{1.0, 3.0}),
///                                                     bellman::sample_variance{}) ==
///         std::vector<std::vector<double>>{{1.5, 2.5}, {3.5}}
inline constexpr detail::whitened_rows_fn<true> whitened_rows_around_mean{};

}  // namespace bellman::conventions
