// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/error.hpp>
#include <bellman/internal/describe.hpp>
#include <bellman/loss/batch_mean.hpp>
#include <bellman/scalar/arithmetic.hpp>
#include <bellman/scalar/as_number.hpp>
#include <bellman/scalar/exponential.hpp>
#include <bellman/scalar/is_finite.hpp>
#include <bellman/scalar/stop_gradient.hpp>

#include <type_traits>

namespace bellman {

/// The tokens of one sequence that the policy itself chose: for each its log-probability under the policy that is
/// learnt, that under the policy it was sampled from, and its advantage. Three ranges of one length; views are kept as
/// views. Gradients are those of the first: give it dual numbers. A token that was sampled had a probability: a ratio
/// to an old log-probability that is infinite or NaN throws `invalid_value`.
template <class LogProbs, class OldLogProbs, class Advantages>
struct sampled_tokens {
  LogProbs log_probs;
  OldLogProbs old_log_probs;
  Advantages advantages;
};

template <class LogProbs, class OldLogProbs, class Advantages>
sampled_tokens(LogProbs, OldLogProbs, Advantages) -> sampled_tokens<LogProbs, OldLogProbs, Advantages>;

namespace detail {

template <class F>
[[noreturn]] void a_range_of_log_ratios_must_not_be_negative(F const& low, F const& high) {
  throw invalid_value("bellman: log-ratios are clipped " + internal::describe(low) + " below and " + internal::describe(high) +
                      " above 0; neither may be negative");
}

template <class Q>
[[noreturn]] void a_sampled_token_must_have_had_a_probability(Q const& old_log_prob) {
  throw invalid_value("bellman: the old log-probability of a sampled token is " + internal::describe(old_log_prob) +
                      "; it must be finite");
}

struct log_ratio_fn {
  template <class P, class Q>
  constexpr auto operator()(P const& log_prob, Q const& old_log_prob) const {
    if (!is_finite(old_log_prob)) a_sampled_token_must_have_had_a_probability(old_log_prob);
    return difference(log_prob, old_log_prob);
  }
};

// Of a sequence without tokens nothing asks for the ratio.
template <class V>
constexpr V mean_or_zero(batch_mean<token_mean, V> const& tokens) {
  if (tokens.count == 0) return V{};
  return tokens.value();
}

template <class V>
struct ratio_with_the_gradient_of_its_token {
  V ratio;

  template <class P, class Q>
  constexpr auto operator()(P const& log_prob, Q const&) const {
    return product(ratio, exp(difference(log_prob, stop_gradient(log_prob))));
  }
};

template <class V>
ratio_with_the_gradient_of_its_token(V) -> ratio_with_the_gradient_of_its_token<V>;

struct ratio_of_a_token {
  template <class P, class Q>
  constexpr auto operator()(P const& log_prob, Q const& old_log_prob) const {
    return exp(log_ratio_fn{}(log_prob, old_log_prob));
  }
};

}  // namespace detail

// How much likelier the policy that is learnt makes a token than the one that it was sampled from. Each of these takes
// `sampled_tokens` and gives a function of a token's two log-probabilities, so that what a sequence has in common is
// computed once.

/// What a ratio that a sequence has in common gives: the same for each of its tokens.
template <class V>
struct common_ratio {
  V ratio;

  template <class P, class Q>
  constexpr V operator()(P const&, Q const&) const {
    return ratio;
  }
};

template <class V>
common_ratio(V) -> common_ratio<V>;

/// `r_t = pi(a_t) / pi_old(a_t)`. (PPO, Schulman et al. 2017, eq. 6.)
struct token_ratio {
  template <class Tokens>
  constexpr auto operator()(Tokens const&) const {
    return detail::ratio_of_a_token{};
  }
};

/// `s = (prod_t r_t)^(1/n)`, the geometric mean over the sequence, for each of its tokens. (GSPO, Zheng et al. 2025,
/// eq. 7.)
struct sequence_ratio {
  template <class Tokens>
  constexpr auto operator()(Tokens const& tokens) const {
    auto const log_ratios = token_sum(detail::log_ratio_fn{}, tokens.log_probs, tokens.old_log_probs);
    return common_ratio{exp(detail::mean_or_zero(log_ratios))};
  }
};

/// The value of `sequence_ratio` with the gradient of the token's own log-probability: `sg(s) pi(a_t) / sg(pi(a_t))`,
/// `sg` for `stop_gradient`. (GSPO-token, Zheng et al. 2025, eq. 14.)
struct sequence_ratio_by_token {
  template <class Tokens>
  constexpr auto operator()(Tokens const& tokens) const {
    return detail::ratio_with_the_gradient_of_its_token{stop_gradient(sequence_ratio{}(tokens).ratio)};
  }
};

/// The geometric mean of ratios that are clipped first, each to the side on which its advantage would make too much of
/// it: `log s = mean_t l_t` with `l_t = min(log r_t, high)` where `A_t > 0`, `max(log r_t, -low)` where `A_t < 0`, and
/// 0 where `A_t = 0`. (GMPO, Zhao et al. 2025.)
/// Throws `invalid_value` for a negative range.
template <class F>
class geometric_mean_ratio {
 public:
  constexpr geometric_mean_ratio(F its_low, F its_high) : low_(its_low), high_(its_high) {
    if (!(F(0) <= its_low && F(0) <= its_high)) {
      detail::a_range_of_log_ratios_must_not_be_negative(its_low, its_high);
    }
  }

  /// `l_t`.
  template <class L, class A>
  constexpr L clipped(L const& log_ratio, A const& gain) const {
    if (A(0) < gain) return static_cast<L>(high_) < log_ratio ? static_cast<L>(high_) : log_ratio;
    if (gain < A(0)) return log_ratio < static_cast<L>(-low_) ? static_cast<L>(-low_) : log_ratio;
    return L(0);
  }

  /// The sum of `l_t`, with the number of tokens.
  template <class Tokens>
  constexpr auto log_ratios(Tokens const& tokens) const {
    auto const l = [this](auto const& p, auto const& q, auto const& a) {
      return this->clipped(detail::log_ratio_fn{}(p, q), a);
    };
    return token_sum(l, tokens.log_probs, tokens.old_log_probs, tokens.advantages);
  }
  template <class Tokens>
  constexpr auto operator()(Tokens const& tokens) const {
    return common_ratio{exp(detail::mean_or_zero(log_ratios(tokens)))};
  }

 private:
  F low_;
  F high_;
};
template <class F, class G>
geometric_mean_ratio(F, G) -> geometric_mean_ratio<number_t<std::common_type_t<F, G>>>;

}  // namespace bellman
