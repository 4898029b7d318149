// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/internal/describe.hpp>
#include <bellman/internal/refuse.hpp>
#include <bellman/internal/verdict.hpp>
#include <bellman/learning/internal/step_size_rules.hpp>
#include <bellman/loss/internal/common_number.hpp>
#include <bellman/probability/weight.hpp>
#include <bellman/scalar/arithmetic.hpp>
#include <bellman/scalar/as_number.hpp>
#include <bellman/scalar/field.hpp>
#include <bellman/scalar/is_finite.hpp>

#include <cstddef>
#include <type_traits>
#include <utility>

namespace bellman {

namespace detail {

template <class F>
[[noreturn]] void the_first_step_must_lie_above_zero_and_at_most_at_one(F const& a, F const& b) {
  internal::refuse("bellman: step sizes a / (b + n - 1) with a = " + internal::describe(a) +
                   " and b = " + internal::describe(b) + "; the first of them, a / b, must lie in (0, 1]");
}

}  // namespace detail

/// `harmonic_step{}`: the step size `1 / n`, exact where division is: what is learned is the mean of all targets.
///
/// *Errors*: `invalid_value`, when called, for the count 0.
/// *Laws*: meets the conditions of Robbins and Monro; with it `v + a (g - v)` is the mean of the g exactly:
/// tests/learning/harmonic_step.cpp.
/// *Source*: Robbins and Monro 1951; Sutton and Barto, section 2.4.
/// *Use*:
///     bellman::harmonic_step{}(4) == bellman::unit_fraction{4}
struct harmonic_step {
  constexpr unit_fraction operator()(std::size_t n) const {
    internal::check_count(n);
    return {n};
  }

  /// Whether the sizes sum to infinity and their squares do not.
  static constexpr bool meets_robbins_monro() { return true; }
};

/// `generalised_harmonic_step{a, b}`: the step size `a / (b + n - 1)`, which begins at `a / b` and stays large the
/// longer the larger both are. `generalised_harmonic_step{a}` has `b = a` and begins at 1.
///
/// *Arguments*: numbers above 0, `a <= b`, of one type; integers are taken as `double`.
/// *Errors*: `invalid_value` for any others; when called, for the count 0.
/// *Laws*: meets the conditions of Robbins and Monro: tests/learning/harmonic_step.cpp.
/// *Source*: Powell 2011, Approximate Dynamic Programming, section 11.3; Darken and Moody 1991.
/// *Use*:
///     bellman::generalised_harmonic_step{1.0, 2.0}(3) == 0.25 && bellman::generalised_harmonic_step{10.0}(11) == 0.5
template <class F>
class generalised_harmonic_step {
 public:
  constexpr explicit generalised_harmonic_step(F its_a) requires ordered_field<F>
      : generalised_harmonic_step(its_a, its_a) {}
  constexpr generalised_harmonic_step(F its_a, F its_b) requires ordered_field<F> : a_(std::move(its_a)),
                                                                                    b_(std::move(its_b)) {
    if (!(F(0) < b_) || !is_finite(b_) || !internal::is_a_step_size(F(quotient(a_, b_)))) {
      detail::the_first_step_must_lie_above_zero_and_at_most_at_one(a_, b_);
    }
  }
  // Deleted for what is none, where all ways to make one would be listed.
  template <class... X, class Reason = refused::a_step_size_is_a_number_with_an_order>
  requires(!ordered_field<F>) constexpr explicit generalised_harmonic_step(X...) = delete;

  constexpr F operator()(std::size_t n) const {
    internal::check_count(n);
    return quotient(a_, F(sum(b_, as_number<F>(n - 1))));
  }

  /// Whether the sizes sum to infinity and their squares do not.
  static constexpr bool meets_robbins_monro() { return true; }

 private:
  F a_;
  F b_;
};
template <class A>
generalised_harmonic_step(A) -> generalised_harmonic_step<number_t<A>>;
template <class A, class B>
generalised_harmonic_step(A, B) -> generalised_harmonic_step<internal::common_number_t<A, B>>;

}  // namespace bellman
