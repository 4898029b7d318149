// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/internal/describe.hpp>
#include <bellman/internal/in_step.hpp>
#include <bellman/internal/one_for_each.hpp>
#include <bellman/internal/refuse.hpp>
#include <bellman/internal/verdict.hpp>
#include <bellman/loss/internal/common_number.hpp>
#include <bellman/loss/internal/requirements.hpp>
#include <bellman/scalar/accumulator.hpp>
#include <bellman/scalar/arithmetic.hpp>
#include <bellman/scalar/as_number.hpp>
#include <bellman/scalar/at_most.hpp>
#include <bellman/scalar/exponential.hpp>
#include <bellman/scalar/internal/parts.hpp>
#include <bellman/scalar/internal/requirements.hpp>
#include <bellman/scalar/is_finite.hpp>

#include <concepts>
#include <cstddef>
#include <ranges>
#include <string>
#include <type_traits>

namespace bellman {

// Weights that correct for a sampler that differs from the old policy, such as an inference engine whose numbers are
// not those of the training code. Of a token they are made of `w = pi_old(a) / mu(a)`, with the sampler mu; they are
// constants, the last of `sampled_tokens`, and multiply whatever surrogate there is:
//
//     sampled_tokens{log_probs, old_log_probs, advantage, truncated_weights{2.0}(old_log_probs, sampler_log_probs)}
//
// A token with a weight of 0 still counts in the mean.

namespace refused {

struct these_log_probabilities_have_no_common_type_with_an_exponential {};

}  // namespace refused

namespace detail {

[[noreturn]] inline void every_token_must_have_two_log_probabilities(std::size_t shortest) {
  internal::refuse("bellman: one of old log-probabilities and the sampler's ends after " + std::to_string(shortest) +
                   " tokens, the other goes on; there must be both for each token");
}
template <class Q>
[[noreturn]] void a_sampler_must_have_given_a_token_a_probability(std::size_t token, Q const& log_prob) {
  internal::refuse("bellman: token " + std::to_string(token) + ": the sampler's log-probability is " +
                   internal::describe(log_prob) + "; it must be finite");
}
template <class F>
[[noreturn]] void the_bound_of_a_weight_must_be_above_zero(F const& bound) {
  internal::refuse("bellman: the bound of truncated weights is " + internal::describe(bound) + "; it must be above 0");
}
template <class F>
[[noreturn]] void a_window_of_weights_must_begin_at_zero_or_above_and_end_after_that(F const& low, F const& high) {
  internal::refuse("bellman: a window of weights from " + internal::describe(low) + " to " + internal::describe(high) +
                   "; it must begin at 0 or above and not end before that");
}

template <class Old, class Sampler>
using weight_t =
    std::common_type_t<number_t<std::ranges::range_value_t<Old>>, number_t<std::ranges::range_value_t<Sampler>>>;
template <class Old, class Sampler>
concept with_weights = requires {
  typename weight_t<Old, Sampler>;
}
&&std::invocable<decltype((bellman::exp)), weight_t<Old, Sampler> const&>;

template <class F, class Old, class Sampler>
struct numbers_of_weights
    : internal::every<internal::rule<with_weights<Old, Sampler>,
                                     refused::these_log_probabilities_have_no_common_type_with_an_exponential>> {};
template <class F, class Old, class Sampler, class... Out>
struct outputs_of_weights : internal::every<internal::a_number_bounded_by<weight_t<Old, Sampler>, F>,
                                            internal::at_most_one_output<weight_t<Old, Sampler>, Out...>> {};
// The log-probabilities of the tokens of a sequence under the old policy and the sampler, and where to write weights.
template <class F, class Old, class Sampler, class... Out>
struct a_weighted_sequence
    : internal::every<internal::a_forward_range_of_numbers<Old>, internal::a_forward_range_of_numbers<Sampler>,
                      numbers_of_weights<F, Old, Sampler>, outputs_of_weights<F, Old, Sampler, Out...>> {};

// `f(log w)` for each token of a sequence.
struct for_each_log_weight_fn {
  template <class Old, class Sampler, class Function>
  constexpr void operator()(Old& old_log_probs, Sampler& sampler_log_probs, Function const& f) const {
    using W = weight_t<Old, Sampler>;
    std::size_t token = 0;
    auto const each = [&](auto&& p, auto&& q) {
      if (!is_finite(q)) detail::a_sampler_must_have_given_a_token_a_probability(token, q);
      f(W(difference(static_cast<W>(p), static_cast<W>(q))));
      ++token;
    };
    internal::in_step(every_token_must_have_two_log_probabilities, each, old_log_probs, sampler_log_probs);
  }
};
inline constexpr for_each_log_weight_fn for_each_log_weight{};

// What `weight(log w)` is for each token: in a container, or written to `out`.
struct weights_fn {
  template <class Old, class Sampler, class Weight, class... Out>
  constexpr auto operator()(Old& old_log_probs, Sampler& sampler_log_probs, Weight const& weight, Out... out) const {
    if constexpr (sizeof...(Out) == 0) {
      auto all = internal::one_for_each<weight_t<Old, Sampler>>(old_log_probs);
      write(old_log_probs, sampler_log_probs, weight, all.begin());
      return all;
    } else {
      return write(old_log_probs, sampler_log_probs, weight, out...);
    }
  }

 private:
  template <class Old, class Sampler, class Weight, class Out>
  static constexpr Out write(Old& old_log_probs, Sampler& sampler_log_probs, Weight const& weight, Out out) {
    // What is refused is refused before anything is written.
    for_each_log_weight(old_log_probs, sampler_log_probs, [](auto const&) {});
    for_each_log_weight(old_log_probs, sampler_log_probs, [&](auto const& log_weight) {
      *out = internal::as_stored<Out>(weight(log_weight));
      ++out;
    });
    return out;
  }
};
inline constexpr weights_fn weights_of{};

}  // namespace detail

/// `truncated_weights{bound}(old_log_probs, sampler_log_probs)`: `min(w, bound)` with `w = pi_old(a) / mu(a)`, for each
/// token: truncated importance sampling.
///
/// *Arguments*: the largest weight, above 0. Of a sequence the log-probabilities of its tokens under the old policy and
/// under the sampler; a `std::array` of the first gives a `std::array`, other ranges a `std::vector`; a last argument
/// `out` writes into the caller's memory and returns its end. A NaN makes its weight a NaN.
/// *Errors*: `invalid_value` for another bound, for a sampler's log-probability that is not finite, and for lengths
/// that differ.
/// *Cost*: O(n).
/// *Source*: Ionides 2008, "Truncated importance sampling"; Yao et al. 2025, "Your efficient RL framework secretly
/// brings you off-policy RL training".
/// *Use*:
///     bellman::truncated_weights{2.0}(std::array{-1.0, -1.0}, std::array{-1.0, -9.0}) == std::array{1.0, 2.0}
template <class F>
class truncated_weights {
 public:
  constexpr explicit truncated_weights(F bound) requires internal::accepts<internal::a_constant<F>> : bound_(bound) {
    if (!(F(0) < bound)) detail::the_bound_of_a_weight_must_be_above_zero(bound);
  }

  // Deleted, where the others would be listed.
  template <class... X, class Reason = typename internal::constants<1, 1, F, X...>::type>
  requires internal::is_a_reason<Reason>
  explicit truncated_weights(X...) = delete;

  template <class Old, class Sampler, class... Out,
            class = typename detail::a_weighted_sequence<F, Old, Sampler, Out...>::type::yes>
  constexpr auto operator()(Old&& old_log_probs, Sampler&& sampler_log_probs, Out... out) const {
    auto const weight = [this]<class W>(W const& log_weight) -> W {
      return bellman::at_most(static_cast<W>(bound_), W(bellman::exp(log_weight)));
    };
    return detail::weights_of(old_log_probs, sampler_log_probs, weight, out...);
  }

 private:
  F bound_;
};
template <class F>
truncated_weights(F) -> truncated_weights<number_t<F>>;

/// `windowed_weights{low, high}(old_log_probs, sampler_log_probs)`: `w = pi_old(a) / mu(a)` where it lies in `[low,
/// high]`, else 0, for each token: IcePop.
///
/// *Arguments*: the window, from 0 on; an integer beside a number is one of its type. Of a sequence as
/// `truncated_weights`.
/// *Errors*: those of `truncated_weights`; a window that begins below 0 or ends before it begins throws
/// `invalid_value`.
/// *Cost*: O(n).
/// *Source*: Ling team 2025, "Every step evolves: scaling reinforcement learning for trillion-scale thinking model",
/// with 0.5 and 5.
/// *Use*:
///     bellman::windowed_weights{0.5, 5.0}(std::array{-1.0, -1.0}, std::array{-1.0, -9.0}) == std::array{1.0, 0.0}
template <class F>
class windowed_weights {
 public:
  constexpr windowed_weights(F low, F high) requires internal::accepts<internal::a_constant<F>> : low_(low),
                                                                                                  high_(high) {
    if (!internal::is_not_negative(low) || !(low < high || low == high)) {
      detail::a_window_of_weights_must_begin_at_zero_or_above_and_end_after_that(low, high);
    }
  }

  // Deleted, where the others would be listed.
  template <class... X, class Reason = typename internal::constants<2, 2, F, X...>::type>
  requires internal::is_a_reason<Reason>
  explicit windowed_weights(X...) = delete;

  template <class Old, class Sampler, class... Out,
            class = typename detail::a_weighted_sequence<F, Old, Sampler, Out...>::type::yes>
  constexpr auto operator()(Old&& old_log_probs, Sampler&& sampler_log_probs, Out... out) const {
    auto const weight = [this]<class W>(W const& log_weight) -> W {
      W const w = bellman::exp(log_weight);
      return w < static_cast<W>(low_) || static_cast<W>(high_) < w ? W(0) : w;
    };
    return detail::weights_of(old_log_probs, sampler_log_probs, weight, out...);
  }

 private:
  F low_;
  F high_;
};
template <class... F>
windowed_weights(F...) -> windowed_weights<internal::common_number_t<F...>>;

/// `sequence_mask{low, high}(old_log_probs, sampler_log_probs)`: for each token of a sequence 1 where the geometric
/// mean of its `w = pi_old(a) / mu(a)` lies in `[low, high]`, else 0, so that a sequence counts whole or not at all.
///
/// *Arguments*: as `windowed_weights`.
/// *Errors*: those of `windowed_weights`.
/// *Cost*: O(n); the rows are read once more.
/// *Source*: Liu et al. 2025, "When speed kills stability: demystifying RL collapse from the training-inference
/// mismatch".
/// *Use*:
///     bellman::sequence_mask{0.5, 2.0}(std::array{-1.0, -1.0}, std::array{-2.0, -0.5}) == std::array{1.0, 1.0}
template <class F>
class sequence_mask {
 public:
  constexpr sequence_mask(F low, F high) requires internal::accepts<internal::a_constant<F>> : low_(low), high_(high) {
    if (!internal::is_not_negative(low) || !(low < high || low == high)) {
      detail::a_window_of_weights_must_begin_at_zero_or_above_and_end_after_that(low, high);
    }
  }

  // Deleted, where the others would be listed.
  template <class... X, class Reason = typename internal::constants<2, 2, F, X...>::type>
  requires internal::is_a_reason<Reason>
  explicit sequence_mask(X...) = delete;

  template <class Old, class Sampler, class... Out,
            class = typename detail::a_weighted_sequence<F, Old, Sampler, Out...>::type::yes>
  constexpr auto operator()(Old&& old_log_probs, Sampler&& sampler_log_probs, Out... out) const {
    using W = detail::weight_t<Old, Sampler>;
    accumulator<W> sum_of_logs;
    std::size_t n = 0;
    detail::for_each_log_weight(old_log_probs, sampler_log_probs, [&](W const& log_weight) {
      sum_of_logs.add(log_weight);
      ++n;
    });
    W const mean = n == 0 ? W(1) : W(bellman::exp(W(quotient(sum_of_logs.value(), as_number<W>(n)))));
    W mask = mean < static_cast<W>(low_) || static_cast<W>(high_) < mean ? W(0) : W(1);
    if (!(mean == mean)) mask = mean;
    return detail::weights_of(
        old_log_probs, sampler_log_probs, [&](W const&) { return mask; }, out...);
  }

 private:
  F low_;
  F high_;
};
template <class... F>
sequence_mask(F...) -> sequence_mask<internal::common_number_t<F...>>;

}  // namespace bellman
