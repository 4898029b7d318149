// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/language/internal/logits_in_place.hpp>
#include <bellman/language/internal/tokens_seen.hpp>
#include <bellman/language/logit_rule.hpp>
#include <bellman/probability/internal/logits.hpp>
#include <bellman/scalar/arithmetic.hpp>
#include <bellman/scalar/is_finite.hpp>
#include <bellman/scalar/scalar_traits.hpp>

#include <cstddef>
#include <span>
#include <type_traits>

namespace bellman {

/// `presence_penalty{a}(context, logits)`: `z_i - a` of every token that was generated, however often: its odds are
/// divided by `exp(a)`.
///
/// *Arguments*: a finite number, below 0 to make what was said likelier. The prompt does not count.
/// *Errors*: `invalid_value` for a number that is not finite, for a generated token that has no logit, and where a
/// logit would not stay finite.
/// *Cost*: O(tokens of the vocabulary and of the generated text).
/// *Laws*: 0 changes nothing; of two the sum is one; with `frequency_penalty` it commutes
/// (tests/language/logit_rules.cpp).
/// *Source*: OpenAI's API reference, "Frequency and presence penalties".
/// *Use*:
///     bellman::presence_penalty{0.5}(bellman::concat(bellman::context{0}, 1), std::array{1.0, 1.0}) ==
///         std::array{1.0, 0.5}
class presence_penalty : public changes_logits<presence_penalty> {
 public:
  constexpr explicit presence_penalty(double its_value) : value_(its_value) {
    if (!is_finite(its_value)) internal::a_penalty_must_be_finite("presence penalty", its_value);
  }

  constexpr double value() const { return value_; }

  template <class Context, class L>
  constexpr void change(Context const& s, std::span<L> logits) const {
    internal::change_counted(logits, internal::counts_of(s.generated(), logits.size()),
                             [this](auto const& z, std::size_t) {
                               using C = std::remove_cvref_t<decltype(z)>;
                               return difference(z, C(internal::converted_to<internal::primal_t<C>>(value_)));
                             });
  }

 private:
  double value_;
};

}  // namespace bellman
