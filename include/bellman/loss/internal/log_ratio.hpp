// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/internal/describe.hpp>
#include <bellman/internal/refuse.hpp>
#include <bellman/loss/batch_mean.hpp>
#include <bellman/loss/scope.hpp>
#include <bellman/scalar/arithmetic.hpp>
#include <bellman/scalar/is_finite.hpp>

namespace bellman::internal {

template <class Q>
[[noreturn]] void a_sampled_token_must_have_had_a_probability(Q const& old_log_prob) {
  internal::refuse("bellman: the old log-probability of a sampled token is " + internal::describe(old_log_prob) +
                   "; it must be finite");
}

// `log pi(a) - log pi_old(a)` of a token that was sampled.
struct log_ratio_fn {
  template <class P, class Q>
  constexpr auto operator()(P const& log_prob, Q const& old_log_prob) const {
    if (!is_finite(old_log_prob)) internal::a_sampled_token_must_have_had_a_probability(old_log_prob);
    return difference(log_prob, old_log_prob);
  }
};
inline constexpr log_ratio_fn log_ratio{};

/// Whether a ratio is made of these for all tokens of a sequence.
template <class Ratio>
inline constexpr bool is_made_of_log_ratios = false;

// Of a sequence without tokens nothing asks for the ratio.
template <class V>
constexpr V mean_or_zero(batch_mean<token_mean, V> const& tokens) {
  if (tokens.count == 0) return V{};
  return tokens.value();
}

}  // namespace bellman::internal
