// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/conventions/arrays/for_every_token.hpp>
#include <bellman/conventions/arrays/number_at.hpp>
#include <bellman/conventions/arrays/padded_rows.hpp>
#include <bellman/conventions/arrays/tokens_in_rows.hpp>
#include <bellman/conventions/internal/masked_rewards_to_go.hpp>
#include <bellman/conventions/internal/requirements.hpp>
#include <bellman/estimation/gae.hpp>
#include <bellman/groups/grouping.hpp>
#include <bellman/groups/internal/check_rows.hpp>
#include <bellman/groups/squared_score_norm.hpp>
#include <bellman/internal/element_at.hpp>
#include <bellman/internal/refuse.hpp>
#include <bellman/internal/verdict.hpp>
#include <bellman/scalar/arithmetic.hpp>
#include <bellman/scalar/exponential.hpp>
#include <bellman/scalar/internal/requirements.hpp>
#include <bellman/scalar/register_width.hpp>

#include <concepts>
#include <cstddef>
#include <ranges>
#include <string>
#include <utility>
#include <vector>

namespace bellman::conventions::verl {

/// Where the longest answer of a group has no peer any more, its tokens are compared with themselves.
struct keep_tail {};

/// Where the longest answer of a group has no peer any more, its tokens are compared with nothing.
struct zero_tail {};

}  // namespace bellman::conventions::verl

namespace bellman {

namespace refused {

struct behind_the_sums_of_squares_stand_rollout_weights_a_tail_and_an_epsilon {};

}  // namespace refused

namespace internal {

template <class X>
inline constexpr bool is_tail =
    std::same_as<X, conventions::verl::keep_tail> || std::same_as<X, conventions::verl::zero_tail>;

// What may stand behind: nothing or a tail, and behind a tail nothing or an epsilon.
template <class... Rest>
inline constexpr bool are_tail_and_epsilon = sizeof...(Rest) == 0;
template <class Tail>
inline constexpr bool are_tail_and_epsilon<Tail> = is_tail<Tail>;
template <class Tail, class Epsilon>
inline constexpr bool are_tail_and_epsilon<Tail, Epsilon> =
    is_tail<Tail> && number<Epsilon> && std::convertible_to<Epsilon const&, double>;

template <class Rows, class... Rest>
struct weights_tail_and_epsilon
    : rule<are_tail_and_epsilon<Rest...>,
           refused::behind_the_sums_of_squares_stand_rollout_weights_a_tail_and_an_epsilon> {};
template <class Rows, class Weights, class... Rest>
  requires std::ranges::range<Weights const>
struct weights_tail_and_epsilon<Rows, Weights, Rest...>
    : every<random_access_rows_of_numbers<Weights>, rows_of_one_type<Rows, Weights>,
            weights_tail_and_epsilon<Rows, Rest...>> {
};

}  // namespace internal

}  // namespace bellman

namespace bellman::conventions::verl {

namespace detail {

[[noreturn]] inline void rows_of_a_group_must_be_of_one_length(std::size_t row, std::size_t length, std::size_t first) {
  internal::refuse("bellman: row " + std::to_string(row) + " has " + std::to_string(length) +
                   " positions, the first row of its group " + std::to_string(first) +
                   "; rows of a group must be padded to one length");
}

template <class Machine>
struct optimal_token_baseline_advantages_fn {
  /// `rollout_weights` is a range of rows, or left out.
  template <class Rows, class Masks, class Ids, class LogProbs, class Squares, class... Rest,
            class = typename internal::every<
                internal::rewards_of_answers<Rows, Masks, Ids>, internal::random_access_rows_of_numbers<Rows>,
                internal::random_access_rows_of_flags<Masks>, internal::random_access_rows_of_numbers<LogProbs>,
                internal::random_access_rows_of_numbers<Squares>, internal::rows_of_real_numbers<LogProbs>,
                internal::rows_of_one_type<Rows, LogProbs, Squares>,
                internal::weights_tail_and_epsilon<Rows, Rest...>>::type::yes>
  constexpr auto operator()(Rows const& token_rewards, Masks const& masks, Ids const& ids, LogProbs const& log_probs,
                            Squares const& sums_of_squares, Rest const&... rest) const {
    return with_weights(token_rewards, masks, ids, log_probs, sums_of_squares, rest...);
  }

 private:
  template <class Rows, class Masks, class Ids, class LogProbs, class Squares, class Weights, class... Rest>
    requires std::ranges::range<Weights const>
  static constexpr auto with_weights(Rows const& token_rewards, Masks const& masks, Ids const& ids,
                                     LogProbs const& log_probs, Squares const& sums_of_squares,
                                     Weights const& rollout_weights, Rest const&... rest) {
    rows_fit_masks(rollout_weights, masks);
    auto const weight = [&](std::size_t row, std::size_t t) { return at(rollout_weights, row, t); };
    return advantages(token_rewards, masks, ids, log_probs, sums_of_squares, weight, rest...);
  }
  template <class Rows, class Masks, class Ids, class LogProbs, class Squares, class... Rest>
  static constexpr auto with_weights(Rows const& token_rewards, Masks const& masks, Ids const& ids,
                                     LogProbs const& log_probs, Squares const& sums_of_squares, Rest const&... rest) {
    auto const weight = [](std::size_t, std::size_t) { return 1; };
    return advantages(token_rewards, masks, ids, log_probs, sums_of_squares, weight, rest...);
  }

  template <class Rows>
  static constexpr auto at(Rows const& rows, std::size_t row, std::size_t t) {
    return number_at(internal::element_at(rows, row), t);
  }

  template <class Rows, class Masks, class Ids, class LogProbs, class Squares, class Weight, class Tail = keep_tail>
  static constexpr auto advantages(Rows const& token_rewards, Masks const& masks, Ids const& ids,
                                   LogProbs const& log_probs, Squares const& sums_of_squares, Weight const& weight,
                                   Tail = {}, double epsilon = 1e-8) {
    auto returns = internal::masked_rewards_to_go(token_rewards, masks);
    rows_fit_masks(log_probs, masks);
    rows_fit_masks(sums_of_squares, masks);
    using rows_t = decltype(returns);
    using R = typename rows_t::value_type::value_type;
    rows_t energies = returns;
    for (std::size_t row = 0; row < returns.size(); ++row) {
      R energy{};
      for (std::size_t t = 0; t < returns[row].size(); ++t) {
        if (flag_at(internal::element_at(masks, row), t)) {
          R const rho = static_cast<R>(weight(row, t));
          R const norm = squared_score_norm(static_cast<R>(bellman::exp(at(log_probs, row, t))),
                                            static_cast<R>(at(sums_of_squares, row, t)));
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
          if (!flag_at(internal::element_at(masks, row), t)) continue;
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
