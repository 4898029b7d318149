// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/conventions/internal/requirements.hpp>
#include <bellman/internal/describe.hpp>
#include <bellman/internal/in_step.hpp>
#include <bellman/internal/refuse.hpp>
#include <bellman/internal/vector.hpp>
#include <bellman/loss/internal/mean_in_scope.hpp>
#include <bellman/loss/internal/mean_of_tokens.hpp>
#include <bellman/loss/token_sum.hpp>
#include <bellman/scalar/accumulator.hpp>
#include <bellman/scalar/arithmetic.hpp>
#include <bellman/scalar/exponential.hpp>
#include <bellman/scalar/internal/parts.hpp>
#include <bellman/scalar/magnitude.hpp>

#include <cstddef>
#include <ranges>
#include <vector>

namespace bellman::conventions::verl {

namespace detail {

template <class F>
[[noreturn]] void a_part_of_the_tokens_must_be_above_zero(F const& part) {
  internal::refuse("bellman: kl_cov penalises " + internal::describe(part) + " of the tokens; it must be above 0");
}

[[noreturn]] inline void every_token_must_have_an_advantage(std::size_t shorter) {
  internal::refuse("bellman: one of log-probabilities and advantages ends after " + internal::describe(shorter) +
                   " tokens, the other goes on; there must be an advantage for each token");
}

// 1 for the tokens whose advantage and log-probability vary together the most. No vector<bool>, which clang with
// libstdc++ 12 cannot compute with in a constant expression.
template <class Batch, class F>
constexpr internal::vector<char> most_covariant(Batch& batch, F const& part) {
  using V = sum_t<std::ranges::range_value_t<decltype(((*std::ranges::begin(batch)).advantages))>>;
  std::vector<V> advantages;
  std::vector<V> log_probs;
  for (auto&& tokens : batch) {
    auto const push = [&](auto const& p, auto const& a) {
      advantages.push_back(static_cast<V>(a));
      log_probs.push_back(static_cast<V>(internal::primal(p)));
    };
    internal::in_step(every_token_must_have_an_advantage, push, tokens.log_probs, tokens.advantages);
  }
  std::size_t const n = advantages.size();
  internal::vector<char> marked(n, 0);
  if (n == 0) return marked;
  V const mean_advantage = token_sum(advantages).value();
  V const mean_log_prob = token_sum(log_probs).value();
  auto const covariance = [&](std::size_t i) {
    return product(difference(advantages[i], mean_advantage), difference(log_probs[i], mean_log_prob));
  };
  auto wanted = static_cast<std::size_t>(static_cast<F>(n) * part);
  if (wanted == 0) wanted = 1;
  for (std::size_t k = 0; k < wanted && k < n; ++k) {
    std::size_t best = n;
    for (std::size_t i = 0; i < n; ++i) {
      if (marked[i] == 0 && (best == n || covariance(best) < covariance(i))) best = i;
    }
    marked[best] = 1;
  }
  return marked;
}

struct kl_cov_fn {
  template <class Batch, class F, class B, class Scope,
            class = typename internal::every<
                internal::a_batch_walked_twice<Batch>, internal::constants_of_one_type<F, B>,
                internal::log_probabilities_of_a_batch<Batch>, internal::a_scope_of_a_batch<Scope, Batch>>::type::yes>
  constexpr auto operator()(Batch&& batch, F const& part, B const& beta, Scope const& scope) const {
    if (!(F(0) < part)) detail::a_part_of_the_tokens_must_be_above_zero(part);
    internal::vector<char> const marked = detail::most_covariant(batch, part);
    std::size_t i = 0;
    auto const loss = [&](auto const& log_prob, auto const& old_log_prob, auto const& advantage,
                          auto const&... weight) {
      auto const l = difference(log_prob, old_log_prob);
      auto const plain = -product(exp(l), advantage);
      return internal::weighed_by(marked[i++] != 0 ? sum(plain, product(beta, magnitude(l))) : plain, weight...);
    };
    auto const of_tokens = [&](auto const& tokens) { return internal::sum_over_tokens(loss, tokens); };
    return internal::mean_in_scope(batch, of_tokens, scope);
  }
};

}  // namespace detail

/// `kl_cov(batch, part, beta, scope)`: "kl_cov", the mean of `-r A`, with `beta |log r|` added for that part of the
/// batch's tokens, at least one, whose `(A - mean A)(log pi - mean log pi)` is largest.
///
/// Unlike the other losses, that of a batch is not that of its parts.
///
/// *Arguments*: a forward range of `sampled_tokens`; the part, above 0; the weight; a `scope_for` their numbers.
/// *Errors*: a part that is not above 0 throws `invalid_value`.
/// *Cost*: O(part n^2); a flag and two numbers a token are allocated.
/// *Source*: Cui et al. 2025, "The entropy mechanism of reinforcement learning for reasoning language models".
/// *Use*:
///     bellman::conventions::verl::kl_cov(
///         std::array{bellman::sampled_tokens{std::array{-1.0}, std::array{-1.0}, std::array{0.5}}}, 0.5, 1.0,
///         bellman::token_mean{}).value() == -0.5
inline constexpr detail::kl_cov_fn kl_cov{};

}  // namespace bellman::conventions::verl
