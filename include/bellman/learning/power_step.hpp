// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/internal/describe.hpp>
#include <bellman/internal/refuse.hpp>
#include <bellman/internal/verdict.hpp>
#include <bellman/learning/internal/step_size_rules.hpp>
#include <bellman/scalar/arithmetic.hpp>
#include <bellman/scalar/as_number.hpp>
#include <bellman/scalar/exponential.hpp>
#include <bellman/scalar/is_finite.hpp>

#include <cstddef>
#include <utility>

namespace bellman {

namespace detail {

template <class F>
[[noreturn]] void the_exponent_of_a_step_must_be_above_zero(F const& p) {
  internal::refuse("bellman: step sizes n^-p with p = " + internal::describe(p) +
                   "; the exponent must be a finite number above 0");
}

}  // namespace detail

/// `power_step{p}`: the step size `n^-p`. Between 1/2 and 1 it settles more slowly than `harmonic_step`, and forgets
/// what it began with sooner.
///
/// *Arguments*: a number above 0 that has an exponential and a logarithm, which no exact number has; an integer is
/// taken as a `double`.
/// *Errors*: `invalid_value` for any other number; when called, for the count 0.
/// *Laws*: meets the conditions of Robbins and Monro for p in (1/2, 1]: tests/learning/harmonic_step.cpp.
/// *Source*: Even-Dar and Mansour 2003, "Learning rates for Q-learning".
/// *Use*:
///     bellman::power_step{0.5}(1) == 1.0 && bellman::approx_equal(bellman::power_step{0.5}(16), 0.25, 1e-15)
template <class F>
class power_step {
 public:
  constexpr explicit power_step(F its_exponent) requires internal::accepts<internal::an_exponent<F>>
      : exponent_(std::move(its_exponent)) {
    if (!(F(0) < exponent_) || !is_finite(exponent_)) detail::the_exponent_of_a_step_must_be_above_zero(exponent_);
  }
  // Deleted for what is none, where all ways to make one would be listed.
  template <class Reason = typename internal::an_exponent<F>::type>
  requires(!internal::accepts<internal::an_exponent<F>>) constexpr explicit power_step(F) = delete;

  constexpr F operator()(std::size_t n) const {
    internal::check_count(n);
    return exp(F(-F(product(exponent_, F(log(as_number<F>(n)))))));
  }

  /// Whether the sizes sum to infinity and their squares do not.
  constexpr bool meets_robbins_monro() const { return F(1) < F(sum(exponent_, exponent_)) && !(F(1) < exponent_); }

 private:
  F exponent_;
};
template <class F>
power_step(F) -> power_step<number_t<F>>;

}  // namespace bellman
