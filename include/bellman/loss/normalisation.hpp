// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/affine/affine.hpp>
#include <bellman/internal/describe.hpp>
#include <bellman/internal/refuse.hpp>
#include <bellman/internal/verdict.hpp>
#include <bellman/loss/internal/common_number.hpp>
#include <bellman/loss/internal/requirements.hpp>
#include <bellman/scalar/arithmetic.hpp>
#include <bellman/scalar/internal/is_finite_and.hpp>

namespace bellman {

namespace detail {

template <class F>
[[noreturn]] void a_scale_must_be_above_zero(F const& scale) {
  internal::refuse("bellman: the scale of targets is " + internal::describe(scale) + "; it must be above 0 and finite");
}

}  // namespace detail

/// `normalisation{shift, scale}`: how targets are scaled: a normalised output `n` stands for the value
/// `shift + scale n`, which is an affine map.
///
/// *Arguments*: a shift, by default 0, and a scale, by default 1, of any ordered field.
/// *Errors*: a scale that is not above 0 or not finite throws `invalid_value`.
/// *Laws*: `normalise` is the inverse of `denormalise()` (tests/loss/normalisation.cpp).
/// *Use*:
///     bellman::normalisation{3.0, 2.0}.normalise(7.0) == 2.0 &&
///         bellman::normalisation{3.0, 2.0}.denormalise()(2.0) == 7.0
template <class F>
class normalisation {
 public:
  /// `n -> n`.
  constexpr normalisation() requires internal::accepts<internal::a_scalar_with_an_order<F>>
      : normalisation(F(0), F(1)) {}
  constexpr normalisation(F its_shift, F its_scale) requires internal::accepts<internal::a_scalar_with_an_order<F>>
      : shift_(its_shift), scale_(its_scale) {
    if (!internal::is_finite_and_positive(scale_)) detail::a_scale_must_be_above_zero(scale_);
  }

  // Deleted, where the others would be listed.
  template <class... X, class Reason = typename internal::a_scalar_with_an_order<F>::type>
    requires internal::is_a_reason<Reason> normalisation(X...)
  = delete;

  constexpr F const& shift() const { return shift_; }
  constexpr F const& scale() const { return scale_; }

  /// `n -> shift + scale n`.
  constexpr affine<F, F> denormalise() const { return {shift_, scale_}; }

  /// `(value - shift) / scale`.
  constexpr F normalise(F const& value) const { return quotient(difference(value, shift_), scale_); }

  friend bool operator==(normalisation const&, normalisation const&) = default;

 private:
  F shift_;
  F scale_;
};
template <class F, class G>
normalisation(F, G) -> normalisation<internal::common_number_t<F, G>>;

}  // namespace bellman
