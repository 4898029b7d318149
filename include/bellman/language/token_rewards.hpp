// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/error.hpp>
#include <bellman/internal/describe.hpp>
#include <bellman/internal/one_for_each.hpp>
#include <bellman/loss/kl_estimate.hpp>
#include <bellman/scalar/arithmetic.hpp>
#include <bellman/scalar/as_number.hpp>
#include <bellman/scalar/internal/check_output.hpp>
#include <bellman/scalar/is_finite.hpp>

#include <cstddef>
#include <iterator>
#include <ranges>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

namespace bellman {

namespace detail {

[[noreturn]] inline void an_answer_needs_a_token_to_be_rewarded() {
  throw invalid_value("bellman: an answer of no tokens has no last one to bear its reward");
}
[[noreturn]] inline void a_step_needs_a_token_to_be_rewarded(std::size_t step) {
  throw invalid_value("bellman: step " + std::to_string(step) + " has no tokens, so none to bear its reward");
}
[[noreturn]] inline void each_step_needs_one_reward(std::size_t shorter) {
  throw invalid_value("bellman: of the lengths and the rewards of steps one ends after " + std::to_string(shorter) +
                      ", the other goes on; there must be one reward for each step");
}
[[noreturn]] inline void each_token_needs_a_reward_and_two_log_probabilities(std::size_t shortest) {
  throw invalid_value("bellman: of the rewards, the log-probabilities and those of the reference one ends after " +
                      std::to_string(shortest) + " tokens, another goes on; they must be of one length");
}
[[noreturn]] inline void an_overlong_cache_must_lie_within_the_longest_length(std::size_t longest, std::size_t cache) {
  throw invalid_value("bellman: the cache of an overlong penalty is " + std::to_string(cache) +
                      "; it must be above 0 and at most the longest length, " + std::to_string(longest));
}

template <class F>
[[noreturn]] void the_weight_of_a_penalty_must_not_be_negative(F const& beta) {
  throw invalid_value("bellman: the weight of the KL penalty is " + internal::describe(beta) +
                      "; it must be 0 or above, and finite");
}

struct outcome_rewards_fn {
  template <class R>
  constexpr std::vector<R> operator()(std::size_t tokens, R const& reward) const {
    std::vector<R> rewards(tokens, R{});
    (*this)(tokens, reward, rewards.begin());
    return rewards;
  }

  template <class R, std::output_iterator<R const&> Out>
  constexpr Out operator()(std::size_t tokens, R const& reward, Out out) const {
    internal::check_output<Out, R>();
    if (tokens == 0) an_answer_needs_a_token_to_be_rewarded();
    for (std::size_t t = 1; t < tokens; ++t) *out++ = R{};
    *out++ = reward;
    return out;
  }
};

struct process_rewards_fn {
  template <std::ranges::forward_range Lengths, std::ranges::input_range Rewards>
  constexpr auto operator()(Lengths&& lengths, Rewards&& rewards) const {
    using R = std::ranges::range_value_t<Rewards>;
    std::size_t tokens = 0;
    std::size_t step = 0;
    for (auto const& length : lengths) tokens += tokens_of(length, step++);
    std::vector<R> all(tokens, R{});
    (*this)(lengths, std::forward<Rewards>(rewards), all.begin());
    return all;
  }

  template <std::ranges::input_range Lengths, std::ranges::input_range Rewards, class Out>
    requires std::output_iterator<Out, std::ranges::range_value_t<Rewards> const&>
  constexpr Out operator()(Lengths&& lengths, Rewards&& rewards, Out out) const {
    auto reward = std::ranges::begin(rewards);
    auto const last = std::ranges::end(rewards);
    std::size_t step = 0;
    for (auto const& length : lengths) {
      if (reward == last) each_step_needs_one_reward(step);
      std::ranges::range_value_t<Rewards> const its_reward = *reward++;
      out = outcome_rewards_fn{}(tokens_of(length, step), its_reward, out);
      ++step;
    }
    if (reward != last) each_step_needs_one_reward(step);
    return out;
  }

 private:
  template <class Length>
  static constexpr std::size_t tokens_of(Length const& length, std::size_t step) {
    if (!(Length(0) < length)) a_step_needs_a_token_to_be_rewarded(step);
    return static_cast<std::size_t>(length);
  }
};

struct kl_shaped_rewards_fn {
  template <std::ranges::forward_range Rewards, std::ranges::input_range LogProbs,
            std::ranges::input_range ReferenceLogProbs, class F, class Estimator = std::remove_const_t<decltype(k1)>>
    requires(!std::input_or_output_iterator<Estimator>)
  constexpr auto operator()(Rewards&& rewards, LogProbs&& log_probs, ReferenceLogProbs&& reference_log_probs,
                            F const& beta, Estimator const& estimator = {}) const {
    using V = shaped_t<Rewards, LogProbs, ReferenceLogProbs, F, Estimator>;
    auto shaped = internal::one_for_each<V>(rewards);
    (*this)(rewards, log_probs, reference_log_probs, beta, estimator, shaped.begin());
    return shaped;
  }

  template <std::ranges::input_range Rewards, std::ranges::input_range LogProbs,
            std::ranges::input_range ReferenceLogProbs, class F, std::input_or_output_iterator Out>
  constexpr Out operator()(Rewards&& rewards, LogProbs&& log_probs, ReferenceLogProbs&& reference_log_probs,
                           F const& beta, Out out) const {
    return (*this)(rewards, log_probs, reference_log_probs, beta, k1, out);
  }

  template <std::ranges::input_range Rewards, std::ranges::input_range LogProbs,
            std::ranges::input_range ReferenceLogProbs, class F, class Estimator, std::input_or_output_iterator Out>
  constexpr Out operator()(Rewards&& rewards, LogProbs&& log_probs, ReferenceLogProbs&& reference_log_probs,
                           F const& beta, Estimator const& estimator, Out out) const {
    internal::check_output<Out, shaped_t<Rewards, LogProbs, ReferenceLogProbs, F, Estimator>>();
    if (beta < F(0) || !is_finite(beta)) the_weight_of_a_penalty_must_not_be_negative(beta);
    auto log_prob = std::ranges::begin(log_probs);
    auto reference = std::ranges::begin(reference_log_probs);
    auto const log_prob_end = std::ranges::end(log_probs);
    auto const reference_end = std::ranges::end(reference_log_probs);
    std::size_t t = 0;
    for (auto const& reward : rewards) {
      if (log_prob == log_prob_end || reference == reference_end) {
        each_token_needs_a_reward_and_two_log_probabilities(t);
      }
      *out++ = difference(reward, product(beta, estimator(*log_prob, *reference)));
      ++log_prob;
      ++reference;
      ++t;
    }
    if (log_prob != log_prob_end || reference != reference_end) {
      each_token_needs_a_reward_and_two_log_probabilities(t);
    }
    return out;
  }

 private:
  template <class Rewards, class LogProbs, class ReferenceLogProbs, class F, class Estimator>
  using shaped_t = std::remove_cvref_t<decltype(difference(
      std::declval<std::ranges::range_value_t<Rewards>>(),
      product(std::declval<F>(),
              std::declval<Estimator const&>()(std::declval<std::ranges::range_value_t<LogProbs>>(),
                                               std::declval<std::ranges::range_value_t<ReferenceLogProbs>>()))))>;
};

}  // namespace detail

/// `outcome_rewards(tokens, r)`: `0, ..., 0, r`: the reward of an answer, paid for its last token, after which it is
/// judged; with a last argument `out`, written there. Throws `invalid_value` for an answer of no tokens.
inline constexpr detail::outcome_rewards_fn outcome_rewards{};

/// `process_rewards(lengths, rewards)`: each step's reward, paid for its last token: the `outcome_rewards` of one step
/// after another; with a last argument `out`, written there. One reward for each step, and at least one token in each,
/// or `invalid_value`. (Lightman et al. 2023; Shao et al. 2024, section 4.1.3.)
inline constexpr detail::process_rewards_fn process_rewards{};

/// `kl_shaped_rewards(rewards, log_probs, reference_log_probs, beta)`: `r_t - beta k(log_prob_t, reference_log_prob_t)`
/// with `k1`, or the estimate that is the fifth argument: the reward of a policy that is to stay near a reference. The
/// log-probabilities are those of the policy that chose the tokens, and constants.
///
/// `std::array` in, `std::array` out, else `std::vector`; with a last argument `out`, after the estimate if there is
/// one, written there (which may be where the rewards are). Three ranges of one length and a `beta` from 0 on, or
/// `invalid_value`. With `k1` the expected return is that of the rewards less `beta KL`. (Ziegler et al. 2019, eq. 2;
/// Ouyang et al. 2022, eq. 2.)
inline constexpr detail::kl_shaped_rewards_fn kl_shaped_rewards{};

/// `soft_overlong_penalty{longest, cache}(length)`: what is added to the reward of an answer of that length: nothing up
/// to `longest - cache`, then a line that falls to -1 at `longest`, and -1 beyond:
///
///     0 if length <= longest - cache,  ((longest - cache) - length) / cache if length <= longest,  else -1
///
/// Throws `invalid_value` unless `0 < cache <= longest`. (DAPO, Yu et al. 2025, eq. 13.)
template <class F = double>
class soft_overlong_penalty {
 public:
  constexpr soft_overlong_penalty(std::size_t its_longest, std::size_t its_cache)
      : longest_(its_longest), cache_(its_cache) {
    if (its_cache == 0 || its_longest < its_cache) {
      detail::an_overlong_cache_must_lie_within_the_longest_length(its_longest, its_cache);
    }
  }

  constexpr F operator()(std::size_t length) const {
    std::size_t const unpunished = longest_ - cache_;
    if (length <= unpunished) return F(0);
    if (longest_ < length) return F(-1);
    return -quotient(as_number<F>(length - unpunished), as_number<F>(cache_));
  }

 private:
  std::size_t longest_;
  std::size_t cache_;
};

}  // namespace bellman
