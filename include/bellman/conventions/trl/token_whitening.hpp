// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/conventions/arrays/columns.hpp>
#include <bellman/conventions/trl/groups.hpp>
#include <bellman/error.hpp>
#include <bellman/probability/spread.hpp>
#include <bellman/probability/statistics.hpp>
#include <bellman/scalar/arithmetic.hpp>
#include <bellman/scalar/as_number.hpp>

#include <cstddef>
#include <ranges>
#include <string>
#include <type_traits>
#include <vector>

namespace bellman::conventions::trl {

namespace detail {

[[noreturn]] inline void whitening_needs_two_tokens(std::size_t found) {
  throw invalid_value("bellman: whitening over " + std::to_string(found) + " tokens; it needs at least 2");
}

template <bool ShiftMean>
struct whitened_tokens_fn {
  template <std::ranges::random_access_range Rows, std::ranges::random_access_range Tokens>
  constexpr auto operator()(Rows const& rows, Tokens const& tokens) const {
    using V = number_t<std::ranges::range_value_t<std::ranges::range_value_t<Rows>>>;
    std::size_t const n = common_length(rows, tokens);
    auto const own = [&](std::size_t i) {
      return std::views::take(std::ranges::begin(rows)[static_cast<std::ptrdiff_t>(i)],
                              static_cast<std::ptrdiff_t>(number_at(tokens, i)));
    };
    decltype(statistics_of(own(0))) all{};
    for (std::size_t i = 0; i < n; ++i) all = merged(all, statistics_of(own(i)));
    if (all.count < 2) whitening_needs_two_tokens(static_cast<std::size_t>(all.count));
    auto const width = root_of{spread_plus{variance_by_float{}, 1e-8}}(all);
    using S = std::remove_const_t<decltype(width)>;
    std::vector<std::vector<V>> whitened;
    for (std::size_t i = 0; i < n; ++i) {
      auto const& row = std::ranges::begin(rows)[static_cast<std::ptrdiff_t>(i)];
      whitened.emplace_back(static_cast<std::size_t>(std::ranges::distance(row)), V{});
      std::size_t t = 0;
      for (auto const& x : own(i)) {
        S const centred = quotient(difference(static_cast<S>(x), all.mean), width);
        whitened[i][t] = static_cast<V>(ShiftMean ? centred : S(sum(centred, all.mean)));
        ++t;
      }
    }
    return whitened;
  }
};

}  // namespace detail

/// `whitened_tokens(rows, tokens)`: padded rows of which the first `tokens[i]` numbers of row i count:
/// `(x - mean) / sqrt(variance + 1e-8)` of these over all rows, 0 behind them; the second, `shift_mean=False`, adds the
/// mean again. As the PPO trainer calls `masked_whiten`: its masks are of booleans, so that Bessel's correction
/// `n / (n - 1)` is a quotient of integers, a float. Throws `invalid_value` for fewer than 2 tokens, a NaN or an
/// infinity.
inline constexpr detail::whitened_tokens_fn<true> whitened_tokens{};
inline constexpr detail::whitened_tokens_fn<false> whitened_tokens_around_mean{};

}  // namespace bellman::conventions::trl
