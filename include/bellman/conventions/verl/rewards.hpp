// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/error.hpp>
#include <bellman/internal/one_for_each.hpp>
#include <bellman/scalar/arithmetic.hpp>
#include <bellman/scalar/as_number.hpp>

#include <cstddef>
#include <ranges>
#include <string>

namespace bellman::conventions::verl {

namespace detail {

[[noreturn]] inline void a_row_of_scores_needs_two_log_probabilities_and_a_flag_each(std::size_t shortest) {
  throw invalid_value(
      "bellman: of the scores, the log-probabilities, those of the reference and the mask of a row one "
      "ends after " +
      std::to_string(shortest) + " tokens, another goes on; they must be of one length");
}

struct apply_kl_penalty_fn {
  template <std::ranges::forward_range Scores, std::ranges::forward_range LogProbs,
            std::ranges::forward_range ReferenceLogProbs, std::ranges::forward_range Mask, class F, class Estimator>
  constexpr auto operator()(Scores&& scores, LogProbs&& log_probs, ReferenceLogProbs&& reference_log_probs, Mask&& mask,
                            F const& beta, Estimator const& estimator) const {
    using V = number_t<std::ranges::range_value_t<Scores>>;
    auto rewards = internal::one_for_each<V>(scores);
    auto p = std::ranges::begin(log_probs);
    auto q = std::ranges::begin(reference_log_probs);
    auto flag = std::ranges::begin(mask);
    auto const ended = [&] {
      return (p == std::ranges::end(log_probs)) + (q == std::ranges::end(reference_log_probs)) +
             (flag == std::ranges::end(mask));
    };
    std::size_t t = 0;
    for (auto const& score : scores) {
      if (ended() != 0) a_row_of_scores_needs_two_log_probabilities_and_a_flag_each(t);
      rewards[t] = static_cast<V>(score);
      if (*flag != 0) rewards[t] = difference(rewards[t], static_cast<V>(product(beta, estimator(*p, *q))));
      ++p;
      ++q;
      ++flag;
      ++t;
    }
    if (ended() != 3) a_row_of_scores_needs_two_log_probabilities_and_a_flag_each(t);
    return rewards;
  }
};

}  // namespace detail

/// `apply_kl_penalty(scores, log_probs, reference_log_probs, mask, beta, estimator)`: a padded row of rewards,
/// `bellman::kl_shaped_rewards` where the flag is not 0, and the score as it is elsewhere. The estimator is one of
/// `kl.hpp`.
inline constexpr detail::apply_kl_penalty_fn apply_kl_penalty{};

}  // namespace bellman::conventions::verl
