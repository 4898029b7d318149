// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/loss/token_sum.hpp>

#include <concepts>

namespace bellman::internal {

// A token's term of a ratio that its sequence shares, whether or not it asks for the advantage.
template <class Ratio, class P, class Q, class A>
constexpr auto term_of(Ratio const& ratio, P const& log_prob, Q const& old_log_prob,
                       A const& its_advantage) requires requires {
  ratio.term(log_prob, old_log_prob);
} || requires {
  ratio.term(log_prob, old_log_prob, its_advantage);
}
{
  if constexpr (requires { ratio.term(log_prob, old_log_prob); }) {
    return ratio.term(log_prob, old_log_prob);
  } else {
    return ratio.term(log_prob, old_log_prob, its_advantage);
  }
}

template <class Ratio>
struct term_of_fn {
  Ratio const& ratio;

  template <class P, class Q, class A>
  constexpr auto operator()(P const& log_prob, Q const& old_log_prob, A const& its_advantage) const requires requires {
    internal::term_of(ratio, log_prob, old_log_prob, its_advantage);
  }
  { return internal::term_of(ratio, log_prob, old_log_prob, its_advantage); }
};

// The sum over the tokens of a sequence of what a shared ratio is made of.
template <class Ratio, class Tokens>
constexpr auto terms_of(Ratio const& ratio, Tokens const& tokens) requires requires {
  token_sum(term_of_fn<Ratio>{ratio}, tokens.log_probs, tokens.old_log_probs, tokens.advantages);
}
{ return token_sum(term_of_fn<Ratio>{ratio}, tokens.log_probs, tokens.old_log_probs, tokens.advantages); }

}  // namespace bellman::internal
