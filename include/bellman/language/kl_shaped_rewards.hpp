// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/internal/describe.hpp>
#include <bellman/internal/in_step.hpp>
#include <bellman/internal/one_for_each.hpp>
#include <bellman/internal/refuse.hpp>
#include <bellman/loss/kl_estimate.hpp>
#include <bellman/scalar/arithmetic.hpp>
#include <bellman/scalar/internal/check_output.hpp>
#include <bellman/scalar/internal/is_finite_and.hpp>

#include <cstddef>
#include <iterator>
#include <ranges>
#include <string>
#include <type_traits>
#include <utility>

namespace bellman {

namespace detail {

[[noreturn]] inline void each_token_needs_a_reward_and_two_log_probabilities(std::size_t shortest) {
  internal::refuse("bellman: of the rewards, the log-probabilities and those of the reference one ends after " +
                   std::to_string(shortest) + " tokens, another goes on; they must be of one length");
}

template <class F>
[[noreturn]] void the_weight_of_a_penalty_must_not_be_negative(F const& beta) {
  internal::refuse("bellman: the weight of the KL penalty is " + internal::describe(beta) +
                   "; it must be 0 or above, and finite");
}

struct kl_shaped_rewards_fn {
  template <std::ranges::forward_range Rewards, std::ranges::input_range LogProbs,
            std::ranges::input_range ReferenceLogProbs, class F, class Estimator = std::remove_const_t<decltype(k1)>>
    requires(!std::input_or_output_iterator<Estimator>)
  constexpr auto operator()(Rewards&& rewards, LogProbs&& log_probs, ReferenceLogProbs&& reference_log_probs,
                            F const& beta, Estimator const& estimator = {}) const {
    if constexpr (check_estimator<Estimator, LogProbs, ReferenceLogProbs>()) {
      using V = shaped_t<Rewards, LogProbs, ReferenceLogProbs, F, Estimator>;
      auto shaped = internal::one_for_each<V>(rewards);
      (*this)(rewards, log_probs, reference_log_probs, beta, estimator, shaped.begin());
      return shaped;
    }
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
    if constexpr (check_estimator<Estimator, LogProbs, ReferenceLogProbs>()) {
      internal::check_output<Out, shaped_t<Rewards, LogProbs, ReferenceLogProbs, F, Estimator>>();
      if (!internal::is_finite_and_not_negative(beta)) detail::the_weight_of_a_penalty_must_not_be_negative(beta);
      auto const shape = [&](auto const& reward, auto const& log_prob, auto const& reference_log_prob) {
        *out++ = difference(reward, product(beta, estimator(log_prob, reference_log_prob)));
      };
      internal::in_step(each_token_needs_a_reward_and_two_log_probabilities, shape, rewards, log_probs,
                        reference_log_probs);
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

  template <class Estimator, class LogProbs, class ReferenceLogProbs>
  static consteval bool check_estimator() {
    constexpr bool estimates = kl_estimator<Estimator, std::ranges::range_value_t<LogProbs>,
                                            std::ranges::range_value_t<ReferenceLogProbs>>;
    static_assert(estimates,
                  "bellman: kl_shaped_rewards needs an estimator of the KL: a function of (log_prob, "
                  "reference_log_prob) that gives a number");
    return estimates;
  }
};

}  // namespace detail

/// `kl_shaped_rewards(rewards, log_probs, reference_log_probs, beta)`: `r_t - beta k(log_prob_t, reference_log_prob_t)`
/// with `k1`, or the estimator that is the fifth argument: the reward of a policy that is to stay near a reference.
///
/// *Arguments*: three ranges of one length, a weight from 0 on, and a `kl_estimator`. The log-probabilities are those
/// of the policy that chose the tokens, and constants. `std::array` in, `std::array` out, else `std::vector`; a last
/// argument `out`, after the estimator if there is one, writes the rewards there (which may be where they are) and
/// returns its end.
/// *Errors*: ranges of different lengths, and a `beta` that is negative or not finite, throw `invalid_value`. What is
/// no estimator does not compile.
/// *Cost*: O(tokens).
/// *Laws*: with `k1` the undiscounted return is that of the rewards less `beta` times the log-ratio of the answer, so
/// that the expected one is less by `beta KL` (tests/language/kl_shaped_rewards.cpp).
/// *Source*: Ziegler et al. 2019, eq. 2; Ouyang et al. 2022, eq. 2.
/// *Use*:
///     bellman::kl_shaped_rewards(std::array{0.0, 1.0}, std::array{-1.0, -2.0}, std::array{-2.0, -1.5}, 0.5) ==
///         std::array{-0.5, 1.25}
inline constexpr detail::kl_shaped_rewards_fn kl_shaped_rewards{};

}  // namespace bellman
