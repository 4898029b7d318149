// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/decision/outcome.hpp>
#include <bellman/internal/refuse.hpp>
#include <bellman/language/context.hpp>
#include <bellman/language/internal/requirements.hpp>
#include <bellman/language/vocabulary.hpp>
#include <bellman/probability/dirac.hpp>
#include <bellman/scalar/field.hpp>

#include <cstddef>
#include <utility>

namespace bellman {

/// `length_limit{n}`: the most tokens that are generated before a sequence ends.
///
/// *Use*:
///     bellman::length_limit{3}.tokens == 3
struct length_limit {
  std::size_t tokens;
};

namespace detail {

[[noreturn]] inline void a_length_limit_must_allow_a_token() {
  internal::refuse("bellman: the length limit is 0 tokens; it must be at least 1");
}

}  // namespace detail

/// `token_dynamics{vocabulary, length_limit{n}}`: text generation without a reward: the state is a context, an action
/// the next token, and the transition `s_{t+1} = Concat(s_t, a_t)`, which is certain.
///
/// A sequence ends with the end-of-sequence token or at the length limit. Every step pays 0 in the field `R`.
///
/// *Arguments*: the tokens, and how many may be generated.
/// *Errors*: a length limit of 0 throws `invalid_value`.
/// *Source*: foundation text, 1.2 to 1.4.
/// *Use*:
///     bellman::token_dynamics{
///         bellman::vocabulary{std::array<std::string_view, 2>{"a", "."}, 1}, bellman::length_limit{3}}
///         .terminal(bellman::concat(bellman::context{0}, 1))
template <internal::has_tokens Vocabulary, field R = double>
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
  template <class Number, class = typename internal::a_token<Number>::type::yes>
  constexpr auto transition(context const& s, Number a) const {
    return dirac{outcome{R(0), concat(s, a)}};
  }

  constexpr Vocabulary const& vocabulary() const& { return vocabulary_; }
  constexpr Vocabulary vocabulary() && { return std::move(vocabulary_); }

 private:
  Vocabulary vocabulary_;
  length_limit limit_;
};

}  // namespace bellman
