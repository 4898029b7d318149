// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/internal/verdict.hpp>
#include <bellman/language/context.hpp>
#include <bellman/language/internal/logits_of_context.hpp>
#include <bellman/language/logit_rule.hpp>
#include <bellman/language/logit_rules.hpp>

#include <type_traits>
#include <utility>

namespace bellman {

namespace internal {

/// A rule that changes the logits of a model.
template <class Logits, class Rule>
struct a_rule_of_the_logits_of
    : a_rule_of_these_logits<Rule, context, std::invoke_result_t<Logits const&, context const&>> {};

template <class Logits, class Rules, class Context>
concept gives_logits_under = requires(Logits const& logits, Rules const& rules, Context const& s) {
  rules(s, logits(s));
};

}  // namespace internal

namespace detail {

// A function of a context, with its logits changed.
template <class Logits, class... Rules>
class changed_logits {
 public:
  constexpr changed_logits(Logits its_logits, logit_rules<Rules...> its_rules)
      : logits_(std::move(its_logits)), rules_(std::move(its_rules)) {}

  template <class Context>
    requires internal::gives_logits_under<Logits, logit_rules<Rules...>, Context>
  constexpr auto operator()(Context const& s) const {
    return rules_(s, logits_(s));
  }

 private:
  Logits logits_;
  logit_rules<Rules...> rules_;
};

struct with_rules_fn {
  template <class Logits, class... Rules,
            class = typename internal::every<
                internal::logits_of_a_context<Logits>, internal::a_logit_rule<Rules>...,
                internal::a_rule_of_the_logits_of<Logits, Rules>...>::type::yes>
  constexpr auto operator()(Logits logits, Rules... rules) const {
    return changed_logits<Logits, Rules...>(std::move(logits), logit_rules<Rules...>(std::move(rules)...));
  }
};

}  // namespace detail

/// `with_rules(logits, rules...)`: the function of a context that gives the logits of a model as the rules change them,
/// in the order in which they are written: `language_policy{vocabulary, with_rules(logits, temperature{0.7},
/// top_p{0.9})}` is the policy that text is sampled from.
///
/// *Arguments*: what gives the logits of a context, as a `language_policy` takes it; rules. All are moved in or copied;
/// a model that is too large is handed as `std::cref(model)`.
/// *Errors*: those of the rules, when it is called.
/// *Cost*: that of the model and of the rules.
/// *Laws*: it is `logit_rules` behind the model (tests/language/logit_rules.cpp).
/// *Use*:
///     bellman::with_rules([](bellman::context const&) { return std::array{1.0, 2.0}; }, bellman::temperature{0.5})(
///         bellman::context{}) == std::array{2.0, 4.0}
inline constexpr detail::with_rules_fn with_rules{};

}  // namespace bellman
