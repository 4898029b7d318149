// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/conventions/internal/requirements.hpp>
#include <bellman/internal/in_step.hpp>
#include <bellman/internal/one_for_each.hpp>
#include <bellman/internal/refuse.hpp>
#include <bellman/loss/kl_estimate.hpp>
#include <bellman/scalar/arithmetic.hpp>
#include <bellman/scalar/as_number.hpp>

#include <cstddef>
#include <ranges>
#include <string>

namespace bellman::conventions::verl {

namespace detail {

[[noreturn]] inline void a_row_of_scores_needs_two_log_probabilities_and_a_flag_each(std::size_t shortest) {
  internal::refuse(
      "bellman: of the scores, the log-probabilities, those of the reference and the mask of a row one "
      "ends after " +
      std::to_string(shortest) + " tokens, another goes on; they must be of one length");
}

struct apply_kl_penalty_fn {
  template <class Scores, class LogProbs, class ReferenceLogProbs, class Mask, class F, class Estimator,
            class = typename internal::every<
                internal::a_forward_range_of_numbers<Scores>, internal::a_forward_range_of_numbers<LogProbs>,
                internal::a_forward_range_of_numbers<ReferenceLogProbs>, internal::a_forward_range_of_flags<Mask>,
                internal::a_number<F>,
                internal::an_estimator_of_the_kl<Estimator, internal::elements_of_t<LogProbs>,
                                                 internal::elements_of_t<ReferenceLogProbs>>,
                internal::numbers_of_one_type<internal::elements_of_t<Scores>, F>>::type::yes>
  constexpr auto operator()(Scores&& scores, LogProbs&& log_probs, ReferenceLogProbs&& reference_log_probs, Mask&& mask,
                            F const& beta, Estimator const& estimator) const {
    using V = number_t<std::ranges::range_value_t<Scores>>;
    auto rewards = internal::one_for_each<V>(scores);
    std::size_t t = 0;
    auto const reward = [&](auto const& score, auto const& p, auto const& q, auto const& flag) {
      rewards[t] = static_cast<V>(score);
      if (flag != 0) rewards[t] = difference(rewards[t], static_cast<V>(product(beta, estimator(p, q))));
      ++t;
    };
    internal::in_step(a_row_of_scores_needs_two_log_probabilities_and_a_flag_each, reward, scores, log_probs,
                      reference_log_probs, mask);
    return rewards;
  }
};

}  // namespace detail

/// `apply_kl_penalty(scores, log_probs, reference_log_probs, mask, beta, estimator)`: a padded row of rewards,
/// `bellman::kl_shaped_rewards` where the flag is not 0, and the score as it is elsewhere.
///
/// *Arguments*: four rows of one length; the weight of the penalty; a `kl_estimator`, such as those of kl.hpp.
/// *Errors*: rows of different lengths throw `invalid_value`.
/// *Cost*: O(tokens).
/// *Use*:
///     bellman::conventions::verl::apply_kl_penalty(
///         std::array{0.0, 1.0}, std::array{-1.0, -1.0}, std::array{-2.0, -2.0}, std::array{1, 0}, 0.5, bellman::k1) ==
///         std::array{-0.5, 1.0}
inline constexpr detail::apply_kl_penalty_fn apply_kl_penalty{};

}  // namespace bellman::conventions::verl
