// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/conventions/arrays/columns.hpp>
#include <bellman/conventions/arrays/for_every_token.hpp>
#include <bellman/conventions/arrays/padded_rows.hpp>
#include <bellman/conventions/arrays/tokens_in_rows.hpp>
#include <bellman/decision/ending.hpp>
#include <bellman/error.hpp>
#include <bellman/estimation/gae.hpp>
#include <bellman/estimation/recorded_steps.hpp>
#include <bellman/estimation/returns_to_go.hpp>
#include <bellman/groups/group_advantages.hpp>
#include <bellman/groups/group_methods.hpp>
#include <bellman/groups/grouping.hpp>
#include <bellman/groups/optimal_token_baseline.hpp>
#include <bellman/probability/spread.hpp>
#include <bellman/probability/statistics.hpp>
#include <bellman/scalar/arithmetic.hpp>
#include <bellman/scalar/as_number.hpp>
#include <bellman/scalar/exponential.hpp>
#include <bellman/scalar/square_root.hpp>

#include <concepts>
#include <cstddef>
#include <ranges>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

/// Group methods as verl computes them, from padded rows: token rewards, masks of the answers' tokens, and an id for
/// each row, random-access ranges all of them. An answer's score is the sum of its token rewards, those under a mask of
/// 0 included; its tokens get its advantage, other positions 0. A group of one has mean 0 and deviation 1, so that its
/// score stays what it is. verl/trainer/ppo/core_algos.py.
namespace bellman::conventions::verl {

namespace detail {

struct outcome_scores_fn {
  template <std::ranges::forward_range Rows>
  constexpr auto operator()(Rows const& token_rewards) const {
    using R = number_t<std::ranges::range_value_t<std::ranges::range_value_t<Rows>>>;
    std::vector<R> scores;
    for (auto const& row : token_rewards) {
      R score{};
      for (auto const& r : row) score = sum(score, static_cast<R>(r));
      scores.push_back(score);
    }
    return scores;
  }
};

[[noreturn]] inline void there_must_be_one_mask_for_each_score(std::size_t scores, std::size_t masks) {
  throw invalid_value("bellman: " + std::to_string(scores) + " rows of token rewards and " + std::to_string(masks) +
                      " masks; there must be one for each");
}
[[noreturn]] inline void there_must_be_one_baseline_for_each_row(std::size_t baselines, std::size_t rows) {
  throw invalid_value("bellman: " + std::to_string(baselines) + " baselines for " + std::to_string(rows) +
                      " rows; there must be one for each");
}
[[noreturn]] inline void there_must_be_one_id_for_each_row(std::size_t ids, std::size_t rows) {
  throw invalid_value("bellman: " + std::to_string(ids) + " ids for " + std::to_string(rows) +
                      " rows; there must be one for each");
}

[[noreturn]] inline void rows_of_a_group_must_be_of_one_length(std::size_t row, std::size_t length, std::size_t first) {
  throw invalid_value("bellman: row " + std::to_string(row) + " has " + std::to_string(length) +
                      " positions, the first row of its group " + std::to_string(first) +
                      "; rows of a group must be padded to one length");
}

template <class Scores, class Masks>
constexpr auto on_tokens(Scores const& scores, Masks const& masks) {
  auto const n = static_cast<std::size_t>(std::ranges::distance(masks));
  if (n != scores.size()) there_must_be_one_mask_for_each_score(scores.size(), n);
  return padded_rows(masks, [&](std::size_t row, std::size_t) { return scores[row]; });
}

}  // namespace detail

/// `outcome_scores(token_rewards)`: the sum of each row, masked positions included.
inline constexpr detail::outcome_scores_fn outcome_scores{};

/// `outcome{method}(token_rewards, masks, ids)`: a method `(scores, grouping)` on scores and back on tokens.
template <class Method>
struct outcome {
  Method method{};

  template <class Rows, class Masks, class Ids>
  constexpr auto operator()(Rows const& token_rewards, Masks const& masks, Ids const& ids) const {
    return detail::on_tokens(method(outcome_scores(token_rewards), grouping(ids)), masks);
  }
};
template <class Method>
outcome(Method) -> outcome<Method>;

/// The mean, but 0 for a group of one.
inline constexpr unless_alone mean_of_scores{group_mean{}, 0};

/// The standard deviation plus epsilon, but for a group of one the float `1 + epsilon`.
template <class E>
constexpr auto deviation(E epsilon) {
  return unless_alone{spread_plus{standard_deviation{}, epsilon}, 1.0f + static_cast<float>(epsilon)};
}

/// `grpo` with `norm_adv_by_std_in_grpo`, for any epsilon; and without: Dr. GRPO.
template <class E>
constexpr auto grpo_advantages_with(E epsilon) {
  return outcome{group_advantages{mean_of_scores, deviation(epsilon)}};
}
inline constexpr auto grpo_advantages = grpo_advantages_with(1e-6);
inline constexpr outcome dr_grpo_advantages{group_advantages{mean_of_scores}};

/// The one in a loop keeps the score of a group of one, the vectorised one gives it 0.
inline constexpr outcome rloo_advantages{group_advantages{unless_alone{leave_one_out{}, 0}}};
inline constexpr outcome rloo_vectorized_advantages{bellman::rloo};

/// The statistics of `grpo_vectorized`: sums of scores and of their squares in floats, one after another, whose
/// difference loses what the squares have in common; the variance no less than epsilon.
struct float_statistics {
  float mean;
  float deviation;
};

namespace detail {

struct float_statistics_of_fn {
  template <std::ranges::forward_range Scores>
  constexpr float_statistics operator()(Scores&& scores, double epsilon) const {
    std::size_t count = 0;
    float total = 0;
    float squares = 0;
    for (auto const& score : scores) {
      float const x = static_cast<float>(score);
      total += x;
      squares += x * x;
      ++count;
    }
    if (count < 2) return {0, 1};
    float const n = static_cast<float>(count);
    float const variance = (squares - total * total / n) / (n - 1);
    float const least = static_cast<float>(epsilon);
    return {total / n, bellman::sqrt(variance < least ? least : variance)};
  }
};

}  // namespace detail

inline constexpr detail::float_statistics_of_fn float_statistics_of{};

/// `grpo_vectorized` as a method of scores for `outcome`; the scale is `standard_deviation` or `unscaled`. `epsilon`
/// bounds the variance from below, and is added to the deviation.
template <class Scale>
struct vectorized {
  double epsilon = 1e-6;

  template <std::ranges::random_access_range Scores>
  constexpr auto operator()(Scores const& scores, grouping const& groups) const {
    using R = number_t<std::ranges::range_value_t<Scores>>;
    auto const n = static_cast<std::size_t>(std::ranges::distance(scores));
    if (n != groups.rows()) detail::there_must_be_one_id_for_each_row(groups.rows(), n);
    std::vector<R> advantages(n, R{});
    for (std::size_t g = 0; g < groups.size(); ++g) {
      float_statistics const s = float_statistics_of(part_of(scores, groups[g]), epsilon);
      for (std::size_t const row : groups[g]) {
        advantages[row] = difference(static_cast<R>(scores[row]), static_cast<R>(s.mean));
        if constexpr (!std::same_as<Scale, unscaled>) {
          advantages[row] = quotient(advantages[row], static_cast<R>(s.deviation + static_cast<float>(epsilon)));
        }
      }
    }
    return advantages;
  }
};
inline constexpr outcome<vectorized<standard_deviation>> grpo_vectorized_advantages{};
inline constexpr outcome<vectorized<unscaled>> dr_grpo_vectorized_advantages{};

/// `grpo_passk` with `norm_adv_by_std_in_grpo`, for any epsilon, and without. A group of one is an error, as there.
template <class E>
constexpr auto grpo_passk_advantages_with(E epsilon) {
  return outcome{best_of_group_advantages{spread_plus{standard_deviation{}, epsilon}}};
}
inline constexpr auto grpo_passk_advantages = grpo_passk_advantages_with(1e-6);
inline constexpr outcome dr_grpo_passk_advantages{best_of_group};

namespace detail {

struct opo_advantages_fn {
  template <class Rows, class Masks, class Ids>
  constexpr auto operator()(Rows const& token_rewards, Masks const& masks, Ids const& ids) const {
    grouping const groups(ids);
    auto const scores = outcome_scores(token_rewards);
    auto advantages = bellman::opo(scores, tokens_in_rows(masks), groups);
    for (std::size_t g = 0; g < groups.size(); ++g) {
      if (groups[g].size() == 1) advantages[groups[g][0]] = scores[groups[g][0]];
    }
    return on_tokens(advantages, masks);
  }
};

struct gpg_advantages_fn {
  template <class Rows, class Masks, class Ids>
  constexpr auto operator()(Rows const& token_rewards, Masks const& masks, Ids const& ids, double f_norm = 1) const {
    auto const scores = outcome_scores(token_rewards);
    using R = typename decltype(outcome_scores(token_rewards))::value_type;
    std::size_t nonzero = 0;
    for (auto const& score : scores) {
      if (!(score == R{})) ++nonzero;
    }
    // A number divided by a tensor of integers is there the float that is its reciprocal, times the number.
    float const alpha = 1.0f / static_cast<float>(nonzero == 0 ? 1 : nonzero) * static_cast<float>(scores.size());
    auto advantages = group_advantages{mean_of_scores}(scores, grouping(ids));
    for (auto& a : advantages) a = quotient(product(static_cast<R>(alpha), a), static_cast<R>(f_norm));
    return on_tokens(advantages, masks);
  }
};

}  // namespace detail

/// `opo_advantages(token_rewards, masks, ids)`: the mean weighted by the number of tokens, 0 for a group of one.
inline constexpr detail::opo_advantages_fn opo_advantages{};

/// `gpg_advantages(token_rewards, masks, ids, f_norm)`: `alpha (score - mean) / f_norm`, where `alpha`, a float, is the
/// number of rows by that of scores other than 0; `bellman::gpg` counts the groups whose rewards differ instead.
inline constexpr detail::gpg_advantages_fn gpg_advantages{};

/// Mean and variance of the tokens that masks keep.
template <class V>
struct mean_and_variance {
  V mean;
  V variance;
};

namespace detail {

[[noreturn]] inline void a_mask_must_keep_two_tokens(std::size_t kept) {
  throw invalid_value("bellman: the masks keep " + std::to_string(kept) + " tokens; whitening needs at least 2");
}

struct masked_mean_and_variance_fn {
  template <class Rows, class Masks>
  constexpr auto operator()(Rows const& values, Masks const& masks) const {
    using V = number_t<std::ranges::range_value_t<std::ranges::range_value_t<Rows>>>;
    std::size_t count = 0;
    V total{};
    for_every_token(values, masks, [&](std::size_t, auto const& x) {
      total = sum(total, static_cast<V>(x));
      ++count;
    });
    if (count < 2) a_mask_must_keep_two_tokens(count);
    V const n = as_number<V>(count);
    V const divisor = sum(n, V(1e-8));
    V const mean = quotient(total, divisor);
    V squares{};
    for_every_token(values, masks, [&](std::size_t, auto const& x) {
      V const centred = difference(static_cast<V>(x), mean);
      squares = sum(squares, product(centred, centred));
    });
    V const bessel = quotient(n, difference(n, V(1)));
    return mean_and_variance<V>{mean, product(quotient(squares, divisor), bessel)};
  }
};

template <bool ShiftMean>
struct masked_whiten_fn {
  template <class Rows, class Masks>
  constexpr auto operator()(Rows const& values, Masks const& masks) const {
    auto const [mean, variance] = masked_mean_and_variance_fn{}(values, masks);
    using V = std::remove_cvref_t<decltype(mean)>;
    V const width = bellman::sqrt(sum(variance, V(1e-8)));
    std::vector<std::vector<V>> rows;
    for (auto const& row : values) {
      rows.push_back({});
      for (auto const& x : row) {
        V const whitened = quotient(difference(static_cast<V>(x), mean), width);
        rows.back().push_back(ShiftMean ? whitened : sum(whitened, mean));
      }
    }
    return rows;
  }
};

template <class Rows, class Masks>
constexpr auto masked(Rows const& rows, Masks const& masks) {
  return padded_rows(masks, [&](std::size_t row, std::size_t t) { return rows[row][t]; });
}

}  // namespace detail

/// `masked_mean_and_variance(values, masks)`: `mean = sum / (n + 1e-8)`, and the mean of the squared distances from it,
/// likewise, times `n / (n - 1)`. Equal values have neither exactly: constant 2 over 9 tokens has mean 1.9999999978.
/// Throws `invalid_value` for fewer than 2 tokens.
inline constexpr detail::masked_mean_and_variance_fn masked_mean_and_variance{};

/// `masked_whiten(values, masks)`: `(x - mean) / sqrt(variance + 1e-8)` at every position, masked ones too; the second
/// is `shift_mean=False`, which adds the mean again.
inline constexpr detail::masked_whiten_fn<true> masked_whiten{};
inline constexpr detail::masked_whiten_fn<false> masked_whiten_around_mean{};

namespace detail {

struct reinforce_plus_plus_advantages_fn {
  template <class Rows, class Masks, class G>
  constexpr auto operator()(Rows const& token_rewards, Masks const& masks, G const& gamma) const {
    using R = number_t<std::ranges::range_value_t<std::ranges::range_value_t<Rows>>>;
    rows_fit_masks(token_rewards, masks);
    std::vector<std::vector<R>> returns;
    auto mask = std::ranges::begin(masks);
    for (auto const& rewards : token_rewards) {
      std::vector<R> row(rewards.begin(), rewards.end());
      auto const to_go =
          returns_to_go(rewards, recorded_steps{.own = std::views::all(*mask), .last = terminated{}}, gamma);
      for (std::size_t t = 0; t < row.size(); ++t) {
        if (!((*mask)[t] == 0)) row[t] = to_go[t];
      }
      returns.push_back(row);
      ++mask;
    }
    auto advantages = masked(masked_whiten_fn<true>{}(returns, masks), masks);
    return advantages_and_returns<decltype(returns)>{std::move(advantages), std::move(returns)};
  }
};

struct reinforce_plus_plus_baseline_advantages_fn {
  template <class Rows, class Masks, class Ids>
  constexpr auto operator()(Rows const& token_rewards, Masks const& masks, Ids const& ids) const {
    auto const centred = outcome{group_advantages{mean_of_scores}}(token_rewards, masks, ids);
    return masked(masked_whiten_fn<true>{}(centred, masks), masks);
  }
};

template <class Rows, class Masks>
constexpr auto masked_rewards_to_go(Rows const& token_rewards, Masks const& masks) {
  using R = number_t<std::ranges::range_value_t<std::ranges::range_value_t<Rows>>>;
  rows_fit_masks(token_rewards, masks);
  std::vector<std::vector<R>> returns;
  auto mask = std::ranges::begin(masks);
  for (auto const& rewards : token_rewards) {
    returns.push_back(returns_to_go(own_or_zero(*mask, rewards), terminated{}, 1));
    ++mask;
  }
  return returns;
}

struct remax_advantages_fn {
  template <class Rows, class Baselines, class Masks>
  constexpr auto operator()(Rows const& token_rewards, Baselines const& baselines, Masks const& masks) const {
    auto returns = masked_rewards_to_go(token_rewards, masks);
    auto const n = static_cast<std::size_t>(std::ranges::distance(baselines));
    if (n != returns.size()) there_must_be_one_baseline_for_each_row(n, returns.size());
    auto advantages = returns;
    using R = typename decltype(returns)::value_type::value_type;
    for (std::size_t row = 0; row < returns.size(); ++row) {
      for (std::size_t t = 0; t < returns[row].size(); ++t) {
        if (!(masks[row][t] == 0)) advantages[row][t] = difference(returns[row][t], static_cast<R>(baselines[row]));
      }
    }
    return advantages_and_returns<decltype(returns)>{std::move(advantages), std::move(returns)};
  }
};

}  // namespace detail

/// `reinforce_plus_plus_advantages(token_rewards, masks, gamma)`: returns, and their whitened values at the answers'
/// tokens. A token that is masked inside an answer lets the return after it pass; verl wipes it out there, with all
/// credit for earlier tokens (its issue 7278). Rows that are only padded are as verl computes them: what it returns for
/// a masked token is that token's own reward.
inline constexpr detail::reinforce_plus_plus_advantages_fn reinforce_plus_plus_advantages{};

/// `reinforce_plus_plus_baseline_advantages(token_rewards, masks, ids)`: the centred score on tokens, whitened.
inline constexpr detail::reinforce_plus_plus_baseline_advantages_fn reinforce_plus_plus_baseline_advantages{};

/// `remax_advantages(token_rewards, baselines, masks)`: rewards to go, of the tokens that masks keep, and the same less
/// the row's baseline at those tokens; masked positions inside an answer keep their return in both.
inline constexpr detail::remax_advantages_fn remax_advantages{};

/// Where the longest answer of a group has no peer any more: its tokens are compared with themselves, or with nothing.
struct keep_tail {};
struct zero_tail {};

namespace detail {

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
    auto returns = masked_rewards_to_go(token_rewards, masks);
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
    if (groups.rows() != returns.size()) there_must_be_one_id_for_each_row(groups.rows(), returns.size());
    rows_t baselines = returns;
    for (std::size_t g = 0; g < groups.size(); ++g) {
      std::size_t longest = 0;
      std::size_t second = 0;
      for (std::size_t const row : groups[g]) {
        std::size_t const padded = returns[groups[g][0]].size();
        if (returns[row].size() != padded) rows_of_a_group_must_be_of_one_length(row, returns[row].size(), padded);
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

/// `optimal_token_baseline_advantages(token_rewards, masks, ids, log_probs, sums_of_squares[, rollout_weights], tail,
/// epsilon)`: as `optimal_token_advantages`, with epsilon added to the sum of the weights, 0 for a group of one, the
/// norms times the squares of the rollout's importance weights if there are any, and a choice for the tail
/// (`handle_zero_tail`). The norms are not checked: numbers that are no probabilities make negative ones. The rows of a
/// group are of one padded length, or `invalid_value`. O(tokens).
inline constexpr detail::optimal_token_baseline_advantages_fn optimal_token_baseline_advantages{};

}  // namespace bellman::conventions::verl
