// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/internal/verdict.hpp>
#include <bellman/language/logit_rule.hpp>

#include <cstddef>
#include <span>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

namespace bellman {

namespace refused {

struct this_is_no_rule_that_changes_logits {};

}  // namespace refused

namespace internal {

template <class Rule>
struct a_logit_rule : rule<logit_rule<Rule>, refused::this_is_no_rule_that_changes_logits> {};

}  // namespace internal

/// `logit_rules{rules...}`: several rules as one, which are applied in the order in which they are written.
///
/// The order matters, since each rule sees what those before it have left, as a distribution of its own:
/// `temperature` before `top_p` changes how many tokens it takes to reach p, behind it only their shares. Hugging Face
/// has penalties, `temperature`, `top_k`, `top_p`, `min_p`; vLLM has `min_p` before `top_k`, llama.cpp the
/// `temperature` last.
///
/// *Arguments*: any rules, composed ones among them; none is the identity.
/// *Errors*: those of each rule; logits in place are then as they were before the first. What is no rule does not
/// compile.
/// *Cost*: that of the rules; in place, with several of them, a copy of the logits.
/// *Laws*: composition is associative and `logit_rules{}` its neutral element (tests/language/logit_rules.cpp).
/// *Use*:
///     bellman::logit_rules{bellman::temperature{0.5}, bellman::top_k{2}}(std::array{1.0, 2.0, -3.0})[1] == 4.0
template <class... Rules>
class logit_rules : public changes_logits<logit_rules<Rules...>> {
 public:
  constexpr explicit logit_rules(Rules... its_rules) requires(logit_rule<Rules> && ...)
      : rules_(std::move(its_rules)...) {}
  // Deleted for what is no rule, where all ways to make one would be listed.
  template <class Reason = typename internal::every<internal::a_logit_rule<Rules>...>::type>
  requires(!(logit_rule<Rules> && ...)) constexpr explicit logit_rules(Rules...) = delete;

  template <class L>
    requires(internal::changes_without_a_context<Rules, L> && ...)
  constexpr void change(std::span<L> logits) const {
    one_after_another(logits, [](auto const& rule, std::span<L> row) { rule.in_place(row); });
  }
  template <class Context, class L>
    requires(internal::changes_behind_a_context<Rules, Context, L> && ...)
  constexpr void change(Context const& s, std::span<L> logits) const {
    one_after_another(logits, [&s](auto const& rule, std::span<L> row) { rule.in_place(s, row); });
  }

 private:
  // Of several rules a later one may throw when an earlier one has changed the logits: they work on a copy.
  template <class L, class Apply>
  constexpr void one_after_another(std::span<L> logits, Apply const& apply) const {
    if constexpr (sizeof...(Rules) == 1) {
      apply(std::get<0>(rules_), logits);
    } else if constexpr (sizeof...(Rules) > 1) {
      std::vector<L> changed(logits.begin(), logits.end());
      std::apply([&](auto const&... rule) { (apply(rule, std::span<L>(changed)), ...); }, rules_);
      for (std::size_t t = 0; t < changed.size(); ++t) logits[t] = changed[t];
    }
  }

  std::tuple<Rules...> rules_;
};

}  // namespace bellman
