// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/internal/verdict.hpp>
#include <bellman/language/internal/logits_in_place.hpp>
#include <bellman/language/internal/requirements.hpp>
#include <bellman/language/internal/tokens_named.hpp>
#include <bellman/language/internal/tokens_seen.hpp>
#include <bellman/language/logit_rule.hpp>

#include <cstddef>
#include <span>
#include <utility>

namespace bellman {

/// `forced_tokens{tokens}(logits)`: leaves out all but these tokens.
///
/// *Arguments*: a range of tokens, or a callable that gives one for a context: what may come next, as a grammar says
/// it.
/// *Errors*: `invalid_value` for a token that has no logit, and where no token would be left, as of an empty range.
/// What gives no tokens does not compile.
/// *Cost*: O(tokens).
/// *Laws*: idempotent; of all tokens it changes nothing; it is `forbidden_tokens` of the others
/// (tests/language/logit_rules.cpp).
/// *Use*:
///     bellman::forced_tokens{std::array{1}}(std::array{1.0, 2.0})[0] == -std::numeric_limits<double>::infinity()
template <class Tokens>
class forced_tokens : public changes_logits<forced_tokens<Tokens>> {
 public:
  constexpr explicit forced_tokens(Tokens its_tokens) requires internal::names_tokens<Tokens>
      : tokens_(std::move(its_tokens)) {}
  // Deleted for what names none, where all ways to make one would be listed.
  template <class Reason = typename internal::tokens_or_a_function_to_tokens<Tokens>::type>
  requires(!internal::names_tokens<Tokens>) constexpr explicit forced_tokens(Tokens) = delete;

  template <class L>
    requires internal::tokens_in_a_range<Tokens const>
  constexpr void change(std::span<L> logits) const {
    force(tokens_, logits);
  }
  template <class Context, class L>
    requires internal::tokens_of_a_context<Tokens, Context>
  constexpr void change(Context const& s, std::span<L> logits) const {
    force(tokens_(s), logits);
  }

 private:
  template <class Named, class L>
  static constexpr void force(Named&& tokens, std::span<L> logits) {
    auto const named = internal::counts_of(tokens, logits.size());
    internal::keep_only(logits, [&](std::size_t t) { return named[t] != 0; });
  }

  Tokens tokens_;
};

}  // namespace bellman
