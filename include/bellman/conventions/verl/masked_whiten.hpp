// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/conventions/arrays/for_every_token.hpp>
#include <bellman/conventions/internal/check_two_tokens.hpp>
#include <bellman/conventions/internal/requirements.hpp>
#include <bellman/conventions/shared/whitened_rows.hpp>
#include <bellman/probability/spread.hpp>
#include <bellman/probability/statistics.hpp>
#include <bellman/scalar/accumulator.hpp>
#include <bellman/scalar/arithmetic.hpp>
#include <bellman/scalar/as_number.hpp>

#include <cstddef>
#include <ranges>
#include <type_traits>

namespace bellman::conventions::verl {

/// `mean_and_variance{mean, variance}`: those of the tokens that masks keep.
template <class V>
struct mean_and_variance {
  V mean;
  V variance;
};

/// `variance_by_epsilon{}(s) = squares / (n + 1e-8)` times `n / (n - 1)`.
///
/// *Use*:
///     bellman::conventions::verl::variance_by_epsilon{}(bellman::statistics_of(std::array{3.0, 3.0})) == 0.0
struct variance_by_epsilon {
  template <class Statistics, class = typename internal::statistics_of_tokens<Statistics>::type::yes>
  constexpr auto operator()(Statistics const& s) const {
    using V = std::remove_cvref_t<decltype(s.mean)>;
    V const n = as_number<V>(s.count);
    return product(quotient(s.squares, sum(n, V(1e-8))), quotient(n, difference(n, V(1))));
  }
};

namespace detail {

// The mean by n + 1e-8, and the squared distances from it.
template <class Rows, class Masks>
constexpr auto statistics_by_epsilon(Rows const& values, Masks const& masks) {
  using V = number_t<std::ranges::range_value_t<std::ranges::range_value_t<Rows>>>;
  std::size_t count = 0;
  accumulator<V> total;
  for_every_token(values, masks, [&](std::size_t, auto const& x) {
    total.add(static_cast<V>(x));
    ++count;
  });
  internal::check_two_tokens(count);
  V const mean = quotient(total.value(), sum(as_number<V>(count), V(1e-8)));
  accumulator<V> squares;
  for_every_token(values, masks, [&](std::size_t, auto const& x) {
    V const centred = difference(static_cast<V>(x), mean);
    squares.add(product(centred, centred));
  });
  return statistics<V>{count, mean, squares.value()};
}

struct masked_mean_and_variance_fn {
  template <class Rows, class Masks,
            class = typename internal::every<internal::rows_of_numbers<Rows>, internal::rows_of_flags<Masks>,
                                             internal::rows_with_an_exponential<Rows>>::type::yes>
  constexpr auto operator()(Rows const& values, Masks const& masks) const {
    auto const s = detail::statistics_by_epsilon(values, masks);
    return mean_and_variance{s.mean, variance_by_epsilon{}(s)};
  }
};

template <auto const& Whitened>
struct masked_whiten_fn {
  template <class Rows, class Masks,
            class = typename internal::every<internal::rows_of_numbers<Rows>, internal::rows_of_flags<Masks>,
                                             internal::rows_with_an_exponential<Rows>>::type::yes>
  constexpr auto operator()(Rows const& values, Masks const& masks) const {
    return Whitened(values, detail::statistics_by_epsilon(values, masks),
                    root_of{spread_plus{variance_by_epsilon{}, 1e-8}});
  }
};

}  // namespace detail

/// `masked_mean_and_variance(values, masks)`: `mean = sum / (n + 1e-8)`, and the mean of the squared distances from it,
/// likewise, times `n / (n - 1)`.
///
/// Equal values have neither exactly: constant 2 over 9 tokens has mean 1.9999999978.
///
/// *Arguments*: rows of numbers and their masks.
/// *Errors*: `invalid_value` for fewer than 2 tokens, and where rows and masks do not match.
/// *Source*: `masked_mean` and `masked_var` in verl/utils/torch_functional.py.
/// *Use*:
///     bellman::conventions::verl::masked_mean_and_variance(std::vector<std::vector<double>>{{2, 2}},
///                                                          std::vector<std::vector<int>>{{1, 1}}).mean < 2.0
inline constexpr detail::masked_mean_and_variance_fn masked_mean_and_variance{};

/// `masked_whiten(values, masks)`: `(x - mean) / sqrt(variance + 1e-8)` at every position, masked ones too.
///
/// *Arguments*: rows of numbers and their masks.
/// *Errors*: those of `masked_mean_and_variance`.
/// *Source*: verl/utils/torch_functional.py.
/// *Use*:
///     bellman::conventions::verl::masked_whiten(std::vector<std::vector<double>>{{2, 4, 9}},
///                                               std::vector<std::vector<int>>{{1, 1, 0}})[0][2] > 1.0
inline constexpr detail::masked_whiten_fn<whitened_rows> masked_whiten{};

/// `masked_whiten_around_mean(values, masks)`: `masked_whiten` with `shift_mean=False`, which adds the mean again.
///
/// *Arguments*: rows of numbers and their masks.
/// *Errors*: those of `masked_mean_and_variance`.
/// *Source*: verl/utils/torch_functional.py.
/// *Use*:
///     bellman::conventions::verl::masked_whiten_around_mean(std::vector<std::vector<double>>{{20, 40}},
///                                                           std::vector<std::vector<int>>{{1, 1}})[0][0] > 29.0
inline constexpr detail::masked_whiten_fn<whitened_rows_around_mean> masked_whiten_around_mean{};

}  // namespace bellman::conventions::verl
