// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/internal/describe.hpp>
#include <bellman/internal/in_step.hpp>
#include <bellman/internal/one_for_each.hpp>
#include <bellman/internal/refuse.hpp>
#include <bellman/internal/verdict.hpp>
#include <bellman/loss/kl_estimate.hpp>
#include <bellman/scalar/arithmetic.hpp>
#include <bellman/scalar/internal/common_numbers.hpp>
#include <bellman/scalar/internal/is_finite_and.hpp>
#include <bellman/scalar/internal/requirements.hpp>

#include <cstddef>
#include <iterator>
#include <string>
#include <type_traits>
#include <utility>

namespace bellman {

namespace refused {

struct this_is_no_estimator_of_the_kl_of_these_log_probabilities {};
struct behind_the_weight_of_the_penalty_stand_an_estimator_of_the_kl_and_an_output {};

}  // namespace refused

namespace internal {

/// What stands behind the weight of the penalty: an estimator, or an output, or both.
template <class... Rest>
struct estimator_and_output {
  static constexpr bool are_two = false;
};
template <>
struct estimator_and_output<> {
  static constexpr bool are_two = true;
  static constexpr bool has_estimator = false;
  static constexpr bool has_output = false;
  using estimator = std::remove_const_t<decltype(k1)>;
};
template <class Estimator>
struct estimator_and_output<Estimator> {
  static constexpr bool are_two = true;
  static constexpr bool has_estimator = true;
  static constexpr bool has_output = false;
  using estimator = Estimator;
};
template <std::input_or_output_iterator Out>
struct estimator_and_output<Out> {
  static constexpr bool are_two = true;
  static constexpr bool has_estimator = false;
  static constexpr bool has_output = true;
  using estimator = std::remove_const_t<decltype(k1)>;
  using output = Out;
};
template <class Estimator, class Out>
struct estimator_and_output<Estimator, Out> {
  static constexpr bool are_two = true;
  static constexpr bool has_estimator = true;
  static constexpr bool has_output = true;
  using estimator = Estimator;
  using output = Out;
};

template <class LogProbs, class ReferenceLogProbs, class Estimator>
using kl_t = std::remove_cvref_t<
    std::invoke_result_t<Estimator const&, elements_of_t<LogProbs> const&, elements_of_t<ReferenceLogProbs> const&>>;
template <class Rewards, class LogProbs, class ReferenceLogProbs, class F, class Estimator>
using shaped_reward_t = std::remove_cvref_t<decltype(difference(
    std::declval<elements_of_t<Rewards> const&>(),
    product(std::declval<F const&>(), std::declval<kl_t<LogProbs, ReferenceLogProbs, Estimator> const&>())))>;

template <class Rewards, class LogProbs, class ReferenceLogProbs, class F, class... Rest>
consteval auto judge_rewards_to_be_shaped() {
  using asked = estimator_and_output<Rest...>;
  using numbers =
      every<a_range_of_numbers<Rewards>, a_range_of_numbers<LogProbs>, a_range_of_numbers<ReferenceLogProbs>,
            a_number_with_an_order<F>, numbers_of_one_type<elements_of_t<LogProbs>, elements_of_t<ReferenceLogProbs>>>;
  if constexpr (!accepts<numbers>) {
    return typename numbers::type{};
  } else if constexpr (!asked::are_two) {
    return refused::behind_the_weight_of_the_penalty_stand_an_estimator_of_the_kl_and_an_output{};
  } else if constexpr (!kl_estimator<typename asked::estimator, elements_of_t<LogProbs>,
                                     elements_of_t<ReferenceLogProbs>>) {
    return refused::this_is_no_estimator_of_the_kl_of_these_log_probabilities{};
  } else {
    using together =
        numbers_of_one_type<elements_of_t<Rewards>, F, kl_t<LogProbs, ReferenceLogProbs, typename asked::estimator>>;
    if constexpr (!accepts<together>) {
      return typename together::type{};
    } else if constexpr (asked::has_output) {
      return typename an_output<typename asked::output, shaped_reward_t<Rewards, LogProbs, ReferenceLogProbs, F,
                                                                        typename asked::estimator>>::type{};
    } else {
      return typename a_forward_range_of_numbers<Rewards>::type{};
    }
  }
}

/// Rewards, log-probabilities, those of a reference, the weight of a penalty, and what stands behind it.
template <class Rewards, class LogProbs, class ReferenceLogProbs, class F, class... Rest>
struct rewards_to_be_shaped {
  using type = decltype(internal::judge_rewards_to_be_shaped<Rewards, LogProbs, ReferenceLogProbs, F, Rest...>());
};

}  // namespace internal

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
  template <class Rewards, class LogProbs, class ReferenceLogProbs, class F, class... Rest,
            class = typename internal::rewards_to_be_shaped<Rewards, LogProbs, ReferenceLogProbs, F,
                                                            std::remove_cvref_t<Rest>...>::type::yes>
  constexpr auto operator()(Rewards&& rewards, LogProbs&& log_probs, ReferenceLogProbs&& reference_log_probs,
                            F const& beta, Rest&&... estimator_and_out) const {
    using asked = internal::estimator_and_output<std::remove_cvref_t<Rest>...>;
    if constexpr (!asked::has_estimator) {
      return (*this)(rewards, log_probs, reference_log_probs, beta, k1, std::forward<Rest>(estimator_and_out)...);
    } else if constexpr (!asked::has_output) {
      using V = internal::shaped_reward_t<Rewards, LogProbs, ReferenceLogProbs, F, typename asked::estimator>;
      auto shaped = internal::one_for_each<V>(rewards);
      write(rewards, log_probs, reference_log_probs, beta, estimator_and_out..., shaped.begin());
      return shaped;
    } else {
      return write(rewards, log_probs, reference_log_probs, beta, std::forward<Rest>(estimator_and_out)...);
    }
  }

 private:
  template <class Rewards, class LogProbs, class ReferenceLogProbs, class F, class Estimator, class Out>
  static constexpr Out write(Rewards&& rewards, LogProbs&& log_probs, ReferenceLogProbs&& reference_log_probs,
                             F const& beta, Estimator const& estimator, Out out) {
    if (!internal::is_finite_and_not_negative(beta)) detail::the_weight_of_a_penalty_must_not_be_negative(beta);
    auto const shape = [&](auto const& reward, auto const& log_prob, auto const& reference_log_prob) {
      *out++ = difference(reward, product(beta, estimator(log_prob, reference_log_prob)));
    };
    internal::in_step(each_token_needs_a_reward_and_two_log_probabilities, shape, rewards, log_probs,
                      reference_log_probs);
    return out;
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
