// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/conventions/arrays/for_every_token.hpp>
#include <bellman/conventions/arrays/padded_rows.hpp>
#include <bellman/conventions/arrays/tokens_in_rows.hpp>
#include <bellman/conventions/internal/masked_rewards_to_go.hpp>
#include <bellman/estimation/gae.hpp>
#include <bellman/groups/grouping.hpp>
#include <bellman/groups/internal/check_rows.hpp>
#include <bellman/groups/squared_score_norm.hpp>
#include <bellman/internal/refuse.hpp>
#include <bellman/scalar/arithmetic.hpp>
#include <bellman/scalar/exponential.hpp>
#include <bellman/scalar/register_width.hpp>

#include <concepts>
#include <cstddef>
#include <string>
#include <utility>
#include <vector>

namespace bellman::conventions::verl {

/// Where the longest answer of a group has no peer any more, its tokens are compared with themselves.
struct keep_tail {};

/// Where the longest answer of a group has no peer any more, its tokens are compared with nothing.
struct zero_tail {};

namespace detail {

[[noreturn]] inline void rows_of_a_group_must_be_of_one_length(std::size_t row, std::size_t length, std::size_t first) {
  internal::refuse("bellman: row " + std::to_string(row) + " has " + std::to_string(length) +
                   " positions, the first row of its group " + std::to_string(first) +
                   "; rows of a group must be padded to one length");
}

template <class Machine>
struct optimal_token_baseline_advantages_fn {
  /// `rollout_weights` is a range of rows, or left out.
  template <class Rows, class Numbers, class Masks, class Ids, class Tail = keep_tail>
  constexpr auto operator()(Rows const& token_rewards, Masks const& masks, Ids const& ids, Numbers const& log_probs,
                            Numbers const& sums_of_squares, Tail tail = {}, double epsilon = 1e-8) const {
    return advantages(
        token_rewards, masks, ids, log_probs, sums_of_squares, [](std::size_t, std::size_t) { return 1; }, tail,
        epsilon);
  }
  template <class Rows, class Numbers, class Masks, class Ids, class Tail = keep_tail>
  constexpr auto operator()(Rows const& token_rewards, Masks const& masks, Ids const& ids, Numbers const& log_probs,
                            Numbers const& sums_of_squares, Numbers const& rollout_weights, Tail tail = {},
                            double epsilon = 1e-8) const {
    rows_fit_masks(rollout_weights, masks);
    return advantages(
        token_rewards, masks, ids, log_probs, sums_of_squares,
        [&](std::size_t row, std::size_t t) { return rollout_weights[row][t]; }, tail, epsilon);
  }

 private:
  template <class Rows, class Numbers, class Masks, class Ids, class Weight, class Tail>
  static constexpr auto advantages(Rows const& token_rewards, Masks const& masks, Ids const& ids,
                                   Numbers const& log_probs, Numbers const& sums_of_squares, Weight const& weight, Tail,
                                   double epsilon) {
    auto returns = internal::masked_rewards_to_go(token_rewards, masks);
    rows_fit_masks(log_probs, masks);
    rows_fit_masks(sums_of_squares, masks);
    using rows_t = decltype(returns);
    using R = typename rows_t::value_type::value_type;
    rows_t energies = returns;
    for (std::size_t row = 0; row < returns.size(); ++row) {
      R energy{};
      for (std::size_t t = 0; t < returns[row].size(); ++t) {
        if (!(masks[row][t] == 0)) {
          R const rho = static_cast<R>(weight(row, t));
          R const norm = squared_score_norm(static_cast<R>(bellman::exp(log_probs[row][t])),
                                            static_cast<R>(sums_of_squares[row][t]));
          energy = sum(energy, product(norm, product(rho, rho)));
        }
        energies[row][t] = energy;
      }
    }
    auto const lengths = tokens_in_rows(masks);
    grouping const groups(ids);
    internal::check_rows(returns, groups);
    rows_t baselines = returns;
    for (std::size_t g = 0; g < groups.size(); ++g) {
      std::size_t longest = 0;
      std::size_t second = 0;
      for (std::size_t const row : groups[g]) {
        std::size_t const padded = returns[groups[g][0]].size();
        if (returns[row].size() != padded) {
          detail::rows_of_a_group_must_be_of_one_length(row, returns[row].size(), padded);
        }
        std::size_t const length = lengths[row];
        second = longest < length ? longest : second < length ? length : second;
        longest = longest < length ? length : longest;
      }
      std::vector<R> baseline(returns[groups[g][0]].size(), R{});
      for (std::size_t t = 0; t < baseline.size() && groups[g].size() > 1; ++t) {
        R weighted{};
        R total{};
        for (std::size_t const row : groups[g]) {
          if (masks[row][t] == 0) continue;
          weighted = sum(weighted, product(returns[row][t], energies[row][t]));
          total = sum(total, energies[row][t]);
        }
        baseline[t] = quotient(weighted, sum(total, static_cast<R>(epsilon)));
      }
      for (std::size_t const row : groups[g]) {
        baselines[row] = baseline;
        bool const apart = std::same_as<Tail, zero_tail> && second < longest && lengths[row] == longest;
        for (std::size_t t = second; apart && t < baseline.size(); ++t) baselines[row][t] = R{};
      }
    }
    auto advantages = padded_rows(
        masks, [&](std::size_t row, std::size_t t) { return difference(returns[row][t], baselines[row][t]); });
    return advantages_and_returns<rows_t>{std::move(advantages), std::move(returns)};
  }
};

}  // namespace detail

/// `optimal_token_baseline_advantages(token_rewards, masks, ids, log_probs, sums_of_squares)`: as
/// `bellman::optimal_token_advantages`, with epsilon added to the sum of the weights, and 0 for a group of one.
/// `compute_optimal_token_baseline_advantage`.
///
/// *Arguments*: padded rows of token rewards, masks, an id for each row, log-probabilities of the tokens and the sums
/// of the squares of all probabilities at each. Then, if there are any, rows of the rollout's importance weights, by
/// whose squares the norms are multiplied; `keep_tail{}` or `zero_tail{}`, the choice of `handle_zero_tail`; epsilon,
/// 1e-8 unless it is given. Gives `{advantages, returns}`.
/// *Errors*: `invalid_value` where rows, masks and ids do not match, and where the rows of a group are not of one
/// padded length. The norms are not checked: numbers that are no probabilities make negative ones.
/// *Cost*: O(tokens).
/// *Use*:
///     bellman::conventions::verl::optimal_token_baseline_advantages(
///         std::vector<std::vector<double>>{{0, 4}}, std::vector<std::vector<int>>{{1, 1}}, std::array{7},
///         std::vector<std::vector<double>>{{0, 0}}, std::vector<std::vector<double>>{{1, 1}}).returns ==
///             std::vector<std::vector<double>>{{4, 4}}
inline constexpr detail::optimal_token_baseline_advantages_fn<internal::this_machine>
    optimal_token_baseline_advantages{};

}  // namespace bellman::conventions::verl
