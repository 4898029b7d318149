// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/internal/describe.hpp>
#include <bellman/internal/refuse.hpp>
#include <bellman/language/internal/logits_in_place.hpp>
#include <bellman/language/internal/tokens_seen.hpp>
#include <bellman/language/logit_rule.hpp>
#include <bellman/probability/internal/logits.hpp>
#include <bellman/scalar/arithmetic.hpp>
#include <bellman/scalar/internal/parts.hpp>
#include <bellman/scalar/is_finite.hpp>
#include <bellman/scalar/scalar_traits.hpp>

#include <cstddef>
#include <span>
#include <type_traits>

namespace bellman {

namespace detail {

[[noreturn]] inline void a_repetition_penalty_must_be_above_zero(double r) {
  internal::refuse("bellman: the repetition penalty is " + internal::describe(r) +
                   "; it must be a finite number above 0");
}

}  // namespace detail

/// `repetition_penalty{r}(context, logits)`: of every token that the prompt or the generated text has, `z_i / r` if the
/// logit is above 0, else `r z_i`: for `r > 1` it gets less likely.
///
/// How often a token was seen does not matter. Unlike all other rules this one is not the same for logits that are
/// shifted by a constant.
///
/// *Arguments*: r above 0, which is rounded to the type of the logits.
/// *Errors*: `invalid_value` for another r, for a token of the context that has no logit, and where a logit would not
/// stay finite.
/// *Cost*: O(tokens of the vocabulary and of the context).
/// *Laws*: 1 changes nothing (tests/language/logit_rules.cpp).
/// *Source*: Keskar et al. 2019, "CTRL", section 4.1; `RepetitionPenaltyLogitsProcessor` of Hugging Face.
/// *Use*:
///     bellman::repetition_penalty{2.0}(bellman::context{0, 1}, std::array{1.0, -1.0, 1.0}) ==
///         std::array{0.5, -2.0, 1.0}
class repetition_penalty : public changes_logits<repetition_penalty> {
 public:
  constexpr explicit repetition_penalty(double its_value) : value_(its_value) {
    if (!(0 < its_value) || !is_finite(its_value)) detail::a_repetition_penalty_must_be_above_zero(its_value);
  }

  constexpr double value() const { return value_; }

  template <class Context, class L>
  constexpr void change(Context const& s, std::span<L> logits) const {
    internal::change_counted(logits, internal::counts_of(s.tokens(), logits.size()),
                             [this](auto const& z, std::size_t) {
                               using C = std::remove_cvref_t<decltype(z)>;
                               C const r(internal::converted_to<internal::primal_t<C>>(value_));
                               return 0 < internal::primal(z) ? quotient(z, r) : product(z, r);
                             });
  }

 private:
  double value_;
};

}  // namespace bellman
