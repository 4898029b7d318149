// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/decision/outcome.hpp>
#include <bellman/decision/reward.hpp>
#include <bellman/error.hpp>
#include <bellman/language/context.hpp>
#include <bellman/language/vocabulary.hpp>
#include <bellman/probability/dirac.hpp>
#include <bellman/scalar/field.hpp>

#include <cstddef>
#include <utility>

namespace bellman {

/// The most tokens that are generated before a sequence ends.
struct length_limit {
  std::size_t tokens;
};

namespace detail {

[[noreturn]] inline void a_length_limit_must_allow_a_token() {
  throw invalid_value("bellman: the length limit is 0 tokens; it must be at least 1");
}

}  // namespace detail

/// Text generation without a reward: the state is a context, an action the next token, and the transition
/// `s_{t+1} = Concat(s_t, a_t)`, which is certain. A sequence ends with the end-of-sequence token or at the length
/// limit. Every step pays 0 in the field `R`.
template <class Vocabulary, field R = double>
class token_dynamics {
 public:
  using state_type = context;
  using action_type = token;
  using reward_type = R;

  constexpr token_dynamics(Vocabulary its_vocabulary, length_limit its_limit)
      : vocabulary_(std::move(its_vocabulary)), limit_(its_limit) {
    if (limit_.tokens == 0) detail::a_length_limit_must_allow_a_token();
  }

  constexpr auto actions(context const&) const { return vocabulary_.tokens(); }
  constexpr bool terminal(context const& s) const {
    return s.generated_size() >= limit_.tokens || s.last() == vocabulary_.end_of_sequence();
  }
  constexpr auto transition(context const& s, token a) const { return dirac{outcome{R(0), concat(s, a)}}; }

  constexpr Vocabulary const& words() const { return vocabulary_; }

 private:
  Vocabulary vocabulary_;
  length_limit limit_;
};

namespace detail {

struct token_environment_fn {
  template <class Vocabulary, class Reward>
  constexpr auto operator()(Vocabulary words, length_limit limit, Reward reward) const {
    return with_reward(token_dynamics<Vocabulary>(std::move(words), limit), std::move(reward));
  }
};

}  // namespace detail

/// `token_environment(vocabulary, length_limit{n}, reward)`: text generation with a reward, which is a callable of
/// `(context, token, next context)` or `(context, token)` for a reward on each token, or an `outcome_reward`, such as a
/// `verifiable` rule, for one at the end.
///
/// It lists no states, since prompts differ: `tabulate(env, prompt)` gives every continuation up to the limit, and
/// `state_value`, `solve` and all others work on it as on any environment. Cost: `|V|^n` continuations of n tokens.
/// Foundation text, 1.2 to 1.5.
inline constexpr detail::token_environment_fn token_environment{};

}  // namespace bellman
