// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/internal/verdict.hpp>
#include <bellman/language/context.hpp>
#include <bellman/language/internal/logits_in_place.hpp>
#include <bellman/probability/internal/requirements.hpp>

#include <concepts>
#include <ranges>
#include <span>
#include <type_traits>
#include <utility>

namespace bellman {

/// `changes_logits<Rule>`: the base of a rule that changes logits before a token is sampled from their softmax, such as
/// `top_p`: it makes all call forms out of the rule's member `change`. What a rule leaves out gets the logit
/// `-infinity`, and so the probability 0 exactly; the softmax of the others sums to one again.
///
///     rule(logits)                the changed logits: of a `std::array` one, else a `std::vector`
///     rule(context, logits)       the same of a rule that looks at the tokens so far, and of any other
///     rule.in_place(logits), rule.in_place(context, logits)       changes them where they lie
///
/// *Arguments*: `logits`: as for `softmax`: one for each token of the vocabulary, in a forward range; to be changed in
/// place they lie side by side in memory. The rule has a member `change(std::span<L> logits)`, or
/// `change(context, std::span<L> logits)` if it looks at the context, for all L or for some, which is called with
/// logits that a softmax takes, and must change nothing where it refuses.
/// *Errors*: `invalid_value` for a NaN, for `+infinity` and where no logit is finite; those of the rule. The logits are
/// then as they were. Logits of a type for which the rule has no `change` do not compile.
/// *Cost*: O(tokens) and that of the rule.
/// *Laws*: whatever a rule makes of logits has a softmax; both forms give the same (tests/language/logit_rules.cpp).
/// *Use*:
///     bellman::top_k{1}(std::array{0.0, 2.0, 1.0})[2] == -std::numeric_limits<double>::infinity()
template <class Rule>
struct changes_logits;

/// What changes logits before a token is sampled: it is derived from `changes_logits` of itself.
///
/// Minimal definition: a member `change(std::span<L> logits)` or `change(context, std::span<L> logits)`, for all L or
/// for some.
///
/// Axioms:
///  1. it changes no logit of `-infinity`: what is forbidden stays so;
///  2. it leaves at least one logit finite, or throws and changes none.
///
/// Models: `temperature`, `top_k`, `top_p`, `min_p`, `typical_p`, `repetition_penalty`, `presence_penalty`,
/// `frequency_penalty`, `forbidden_tokens`, `forced_tokens`, `logit_rules`.
template <class Rule>
concept logit_rule = std::derived_from<Rule, changes_logits<Rule>>;

namespace refused {

struct this_rule_needs_the_context_before_the_logits {};
struct this_rule_has_no_member_change_for_these_logits {};

}  // namespace refused

namespace internal {

template <class Rule, class L>
concept changes_without_a_context = requires(Rule const& rule, std::span<L> logits) {
  rule.change(logits);
};
template <class Rule, class Context, class L>
concept changes_with_a_context = requires(Rule const& rule, Context const& s, std::span<L> logits) {
  rule.change(s, logits);
};

/// A rule that changes logits of the type L behind a context, at which it looks or not.
template <class Rule, class Context, class L>
concept changes_behind_a_context = changes_without_a_context<Rule, L> || changes_with_a_context<Rule, Context, L>;

template <class Rule, class Context, class Logits>
struct a_rule_of_these_logits : rule<changes_behind_a_context<Rule, Context, std::ranges::range_value_t<Logits>>,
                                     refused::this_rule_has_no_member_change_for_these_logits> {};
template <class Rule, class Logits>
struct a_rule_without_a_context : every<a_rule_of_these_logits<Rule, context, Logits>,
                                        rule<changes_without_a_context<Rule, std::ranges::range_value_t<Logits>>,
                                             refused::this_rule_needs_the_context_before_the_logits>> {};

template <class Rule, class Context, class L>
constexpr void change_logits(Rule const& rule, Context const& s, std::span<L> logits) {
  if constexpr (changes_without_a_context<Rule, L>) {
    rule.change(logits);
  } else {
    rule.change(s, logits);
  }
}

}  // namespace internal

template <class Rule>
struct changes_logits {
  template <class Logits, class = typename internal::every<internal::a_forward_range_of_logits<Logits>,
                                                           internal::a_rule_without_a_context<Rule, Logits>>::type::yes>
  [[nodiscard]] constexpr auto operator()(Logits&& logits) const {
    auto changed = internal::logits_of_its_own(std::forward<Logits>(logits));
    in_place(changed);
    return changed;
  }
  template <class Context, class Logits,
            class = typename internal::every<internal::a_context<Context>, internal::a_forward_range_of_logits<Logits>,
                                             internal::a_rule_of_these_logits<Rule, Context, Logits>>::type::yes>
  [[nodiscard]] constexpr auto operator()(Context const& s, Logits&& logits) const {
    auto changed = internal::logits_of_its_own(std::forward<Logits>(logits));
    in_place(s, changed);
    return changed;
  }

  template <class Logits, class = typename internal::every<internal::a_range_of_logits<Logits>,
                                                           internal::logits_to_be_changed<Logits>,
                                                           internal::a_rule_without_a_context<Rule, Logits>>::type::yes>
  constexpr void in_place(Logits&& logits) const {
    auto const row = internal::row_of(logits);
    internal::check_logits(row);
    static_cast<Rule const&>(*this).change(row);
  }
  template <class Context, class Logits,
            class = typename internal::every<internal::a_context<Context>, internal::a_range_of_logits<Logits>,
                                             internal::logits_to_be_changed<Logits>,
                                             internal::a_rule_of_these_logits<Rule, Context, Logits>>::type::yes>
  constexpr void in_place(Context const& s, Logits&& logits) const {
    auto const row = internal::row_of(logits);
    internal::check_logits(row);
    internal::change_logits(static_cast<Rule const&>(*this), s, row);
  }
};

}  // namespace bellman
