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

/// `forbidden_tokens{tokens}(logits)`: leaves these tokens out.
///
/// *Arguments*: a range of tokens, or a callable that gives one for a context: what may not come next.
/// *Errors*: `invalid_value` for a token that has no logit, and where no token would be left. What gives no tokens does
/// not compile.
/// *Cost*: O(tokens).
/// *Laws*: idempotent; of none it changes nothing; it commutes with itself and with all penalties
/// (tests/language/logit_rules.cpp).
/// *Use*:
///     bellman::forbidden_tokens{std::array{1}}(std::array{1.0, 2.0})[1] == -std::numeric_limits<double>::infinity()
template <class Tokens>
class forbidden_tokens : public changes_logits<forbidden_tokens<Tokens>> {
 public:
  constexpr explicit forbidden_tokens(Tokens its_tokens) requires internal::names_tokens<Tokens>
      : tokens_(std::move(its_tokens)) {}
  // Deleted for what names none, where all ways to make one would be listed.
  template <class Reason = typename internal::tokens_or_a_function_to_tokens<Tokens>::type>
  requires(!internal::names_tokens<Tokens>) constexpr explicit forbidden_tokens(Tokens) = delete;

  template <class L>
    requires internal::tokens_in_a_range<Tokens const>
  constexpr void change(std::span<L> logits) const {
    forbid(tokens_, logits);
  }
  template <class Context, class L>
    requires internal::tokens_of_a_context<Tokens, Context>
  constexpr void change(Context const& s, std::span<L> logits) const {
    forbid(tokens_(s), logits);
  }

 private:
  template <class Named, class L>
  static constexpr void forbid(Named&& tokens, std::span<L> logits) {
    auto const named = internal::counts_of(tokens, logits.size());
    internal::keep_only(logits, [&](std::size_t t) { return named[t] == 0; });
  }

  Tokens tokens_;
};

}  // namespace bellman
