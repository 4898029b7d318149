// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/internal/describe.hpp>
#include <bellman/internal/refuse.hpp>
#include <bellman/internal/verdict.hpp>
#include <bellman/loss/normalisation.hpp>
#include <bellman/scalar/accumulator.hpp>
#include <bellman/scalar/arithmetic.hpp>
#include <bellman/scalar/clamp.hpp>
#include <bellman/scalar/field.hpp>
#include <bellman/scalar/internal/is_finite_and.hpp>
#include <bellman/scalar/internal/parts.hpp>
#include <bellman/scalar/is_finite.hpp>
#include <bellman/scalar/maximum.hpp>
#include <bellman/scalar/scalar_traits.hpp>
#include <bellman/scalar/square_root.hpp>

namespace bellman {

namespace refused {

struct moments_follow_a_target_by_a_step_size_of_their_own_number_type {};

}  // namespace refused

namespace detail {

template <class F>
[[noreturn]] void a_step_size_must_lie_between_zero_and_one(F const& step_size) {
  internal::refuse("bellman: the step size is " + internal::describe(step_size) + "; it must lie in [0, 1]");
}
template <class F>
[[noreturn]] void bounds_of_a_scale_must_be_in_order(F const& least, F const& largest) {
  internal::refuse("bellman: the scale is to lie in [" + internal::describe(least) + ", " +
                   internal::describe(largest) + "]; the bounds must be above 0 and in order");
}
template <class F>
[[noreturn]] void a_target_must_be_finite(F const& target) {
  internal::refuse("bellman: a target is " + internal::describe(target) + "; it must be finite");
}

}  // namespace detail

/// `target_moments{mean, variance}`: the moments of targets that PopArt follows, and the normalisation they give,
/// `normaliser(least, largest)`: `shift` the mean, `scale` the standard deviation within two bounds.
///
/// The variance and not the mean of the squares, of which it would be a small difference: targets near 10^4 that vary
/// by 1 have squares that no float tells apart. Both are held as a `sum_t<F>`, in which many small steps add up.
///
/// *Arguments*: the mean of the targets, by default 0, and their variance, by default 1. The scale lies in
/// [`least`, `largest`], so that targets that never vary do not divide by 0.
/// *Errors*: `normaliser` throws `invalid_value` unless its bounds are above 0 and in order.
/// *Source*: van Hasselt et al. 2016, section 2.
/// *Use*:
///     bellman::target_moments{4.0, 9.0}.normaliser(0.5, 10.0).scale() == 3.0
template <ordered_field F>
struct target_moments {
  sum_t<F> mean{0};
  sum_t<F> variance{1};

  /// The mean of the squares, `variance + mean^2`.
  constexpr F second() const { return internal::converted_to<F>(sum(variance, product(mean, mean))); }

  constexpr normalisation<F> normaliser(F const& least, F const& largest) const {
    if (!internal::is_finite_and_positive(least) || !internal::is_finite_and_positive(largest) || largest < least) {
      detail::bounds_of_a_scale_must_be_in_order(least, largest);
    }
    F const width = internal::converted_to<F>(bellman::sqrt(maximum(variance, sum_t<F>(0))));
    return {internal::converted_to<F>(mean), clamp(width, least, largest)};
  }

  friend bool operator==(target_moments const&, target_moments const&) = default;
};

template <class F>
target_moments(F, F) -> target_moments<F>;

namespace detail {

template <class M, class T, class S>
inline constexpr bool are_moments_and_numbers = false;
template <class F>
inline constexpr bool are_moments_and_numbers<target_moments<F>, F, F> = true;

template <class Moments, class Target, class StepSize>
struct moments_that_follow_a_target
    : internal::rule<are_moments_and_numbers<Moments, Target, StepSize>,
                     refused::moments_follow_a_target_by_a_step_size_of_their_own_number_type> {};

struct follow_target_fn {
  template <class Moments, class F, class StepSize,
            class = typename moments_that_follow_a_target<Moments, F, StepSize>::type::yes>
  constexpr Moments operator()(Moments const& moments, F const& target, StepSize const& step_size) const {
    if (!is_finite(target)) detail::a_target_must_be_finite(target);
    if (!internal::is_in_the_unit_interval(step_size)) detail::a_step_size_must_lie_between_zero_and_one(step_size);
    using W = sum_t<F>;
    W const step = internal::converted_to<W>(step_size);
    W const apart = difference(internal::converted_to<W>(target), moments.mean);
    W const moved = product(step, apart);
    return {sum(moments.mean, moved), product(difference(W(1), step), sum(moments.variance, product(moved, apart)))};
  }
};

}  // namespace detail

/// `follow_target(moments, target, step_size)`: the moments moved towards a target and its square:
///
///     mean     = mean + step_size (target - mean)
///     variance = (1 - step_size) (variance + step_size (target - mean)^2)
///
/// where the mean of the squares moves as the mean does. Nothing is subtracted that is large.
///
/// *Arguments*: `target_moments`, a target, a step size in [0, 1].
/// *Errors*: a target that is not finite and a step size outside [0, 1] throw `invalid_value`.
/// *Cost*: O(1).
/// *Laws*: one target after another is a fold of affine maps `x -> step_size target + (1 - step_size) x`
/// (tests/loss/target_moments.cpp).
/// *Source*: van Hasselt et al. 2016, section 2; Finch 2009, "Incremental calculation of weighted mean and variance".
/// *Use*:
///     bellman::follow_target(bellman::target_moments<double>{}, 4.0, 0.25) == bellman::target_moments{1.0, 3.75}
inline constexpr detail::follow_target_fn follow_target{};

}  // namespace bellman
