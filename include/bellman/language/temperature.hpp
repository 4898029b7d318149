// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/language/internal/logits_in_place.hpp>
#include <bellman/language/logit_rule.hpp>
#include <bellman/probability/internal/logits.hpp>
#include <bellman/scalar/arithmetic.hpp>
#include <bellman/scalar/is_finite.hpp>
#include <bellman/scalar/scalar_traits.hpp>
#include <bellman/value/internal/rules.hpp>

#include <span>
#include <type_traits>

namespace bellman {

/// `temperature{t}(logits)`: `z_i / t`: below 1 the likelier tokens get likelier still, above 1 all become more alike.
///
/// *Arguments*: a number above 0, which is rounded to the type of the logits. Probabilities become proportional to
/// `p_i^(1 / t)`.
/// *Errors*: `invalid_value` for a number that is not finite or not above 0, and where a quotient is not finite: the
/// limit 0 is `top_k{1}`.
/// *Laws*: 1 changes nothing; of two the product is one; the order with `top_k` does not matter, that with `top_p` does
/// (tests/language/logit_rules.cpp).
/// *Use*:
///     bellman::temperature{0.5}(std::array{1.0, -2.0}) == std::array{2.0, -4.0}
class temperature : public changes_logits<temperature> {
 public:
  constexpr explicit temperature(double its_value) : value_(its_value) {
    if (!(0 < its_value) || !is_finite(its_value)) internal::a_temperature_must_be_above_zero(its_value);
  }

  constexpr double value() const { return value_; }

  template <class L>
  constexpr void change(std::span<L> logits) const {
    auto const change = [this](auto const& z) {
      using C = std::remove_cvref_t<decltype(z)>;
      return quotient(z, C(internal::converted_to<internal::primal_t<C>>(value_)));
    };
    internal::change_each(logits, change);
  }

 private:
  double value_;
};

}  // namespace bellman
