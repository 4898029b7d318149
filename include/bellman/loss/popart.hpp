// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/affine/affine.hpp>
#include <bellman/error.hpp>
#include <bellman/internal/describe.hpp>
#include <bellman/scalar/arithmetic.hpp>
#include <bellman/scalar/clamp.hpp>
#include <bellman/scalar/field.hpp>
#include <bellman/scalar/internal/parts.hpp>
#include <bellman/scalar/is_finite.hpp>
#include <bellman/scalar/square_root.hpp>
#include <bellman/value/discount.hpp>

#include <ranges>

namespace bellman {

namespace detail::popart {

template <class F>
[[noreturn]] void a_scale_must_be_above_zero(F const& scale) {
  throw invalid_value("bellman: the scale of targets is " + internal::describe(scale) + "; it must be above 0 and finite");
}
template <class F>
[[noreturn]] void a_step_size_must_lie_between_zero_and_one(F const& step_size) {
  throw invalid_value("bellman: the step size is " + internal::describe(step_size) + "; it must lie in [0, 1]");
}
template <class F>
[[noreturn]] void bounds_of_a_scale_must_be_in_order(F const& least, F const& largest) {
  throw invalid_value("bellman: the scale is to lie in [" + internal::describe(least) + ", " + internal::describe(largest) +
                      "]; the bounds must be above 0 and in order");
}
template <class F>
[[noreturn]] void a_target_must_be_finite(F const& target) {
  throw invalid_value("bellman: a target is " + internal::describe(target) + "; it must be finite");
}

template <class F>
constexpr bool is_scale(F const& scale) {
  return F(0) < scale && is_finite(scale);
}

}  // namespace detail::popart

/// How targets are scaled: a normalised output `n` stands for the value `shift + scale n`, which is an affine map.
///
/// Throws `invalid_value` for a scale that is not above 0 or not finite.
template <ordered_field F>
class normalisation {
 public:
  /// `n -> n`.
  constexpr normalisation() : normalisation(F(0), F(1)) {}
  constexpr normalisation(F its_shift, F its_scale) : shift_(its_shift), scale_(its_scale) {
    if (!detail::popart::is_scale(scale_)) detail::popart::a_scale_must_be_above_zero(scale_);
  }

  constexpr F const& shift() const { return shift_; }
  constexpr F const& scale() const { return scale_; }

  /// `n -> shift + scale n`.
  constexpr affine<F, F> denormalise() const { return {shift_, scale_}; }

  /// `(value - shift) / scale`.
  constexpr F normalise(F const& value) const { return quotient(difference(value, shift_), scale_); }

  friend constexpr bool operator==(normalisation const&, normalisation const&) = default;

 private:
  F shift_;
  F scale_;
};

/// The moments of targets that PopArt follows, and the normalisation they give: `shift` the mean, `scale` the standard
/// deviation within two bounds.
template <ordered_field F>
struct target_moments {
  F mean{0};
  F second{1};

  /// `second - mean^2`, which rounding, or moments from too few targets, may bring below 0.
  constexpr F variance() const { return difference(second, product(mean, mean)); }

  /// The scale lies in [`least`, `largest`], so that targets that never vary do not divide by 0. Throws `invalid_value`
  /// unless the bounds are above 0 and in order.
  constexpr normalisation<F> normaliser(F const& least, F const& largest) const {
    if (!detail::popart::is_scale(least) || !detail::popart::is_scale(largest) || largest < least) {
      detail::popart::bounds_of_a_scale_must_be_in_order(least, largest);
    }
    return {mean, bellman::sqrt(clamp(variance(), product(least, least), product(largest, largest)))};
  }

  friend constexpr bool operator==(target_moments const&, target_moments const&) = default;
};

namespace detail::popart {

struct follow_target_fn {
  template <class F>
  constexpr target_moments<F> operator()(target_moments<F> const& moments, F const& target, F const& step_size) const {
    if (!is_finite(target)) a_target_must_be_finite(target);
    if (!internal::is_in_the_unit_interval(step_size)) a_step_size_must_lie_between_zero_and_one(step_size);
    auto const towards = [&](F const& x) { return affine<F, F>{product(step_size, x), difference(F(1), step_size)}; };
    return {towards(target)(moments.mean), towards(product(target, target))(moments.second)};
  }
};

struct keep_outputs_fn {
  template <class F>
  constexpr affine<F, F> operator()(normalisation<F> const& before, normalisation<F> const& after) const {
    return {quotient(difference(before.shift(), after.shift()), after.scale()),
            quotient(before.scale(), after.scale())};
  }

  template <std::ranges::input_range Weights, class F>
  constexpr void operator()(Weights&& weights, F& bias, normalisation<F> const& before,
                            normalisation<F> const& after) const {
    affine<F, F> const change = (*this)(before, after);
    for (auto&& w : weights) w = product(change.slope, w);
    bias = change(bias);
  }
};

}  // namespace detail::popart

/// `follow_target(moments, target, step_size)`: the moments moved towards a target and its square,
/// `mean + step_size (target - mean)`.
///
/// One target after another is a fold of affine maps `x -> step_size target + (1 - step_size) x`. Throws
/// `invalid_value` for a target that is not finite and a step size outside [0, 1]. Van Hasselt et al. 2016, section 2.
inline constexpr detail::popart::follow_target_fn follow_target{};

/// `keep_outputs(before, after)`: the affine map of a normalised output that keeps the value it stands for:
/// `after.denormalise()(map(n)) == before.denormalise()(n)`.
///
/// `keep_outputs(weights, bias, before, after)`: the same for an output `w x + b` of a linear layer, in place:
/// `w' = scale / scale' w` and `b' = (scale b + shift - shift') / scale'`, where `weights` are those that lead to this
/// output. Law: the denormalised output is what it was, for every input. Van Hasselt et al. 2016, proposition 1; Hessel
/// et al. 2018, section 2.
inline constexpr detail::popart::keep_outputs_fn keep_outputs{};

}  // namespace bellman
