// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/internal/verdict.hpp>
#include <bellman/learning/internal/step_size_rules.hpp>
#include <bellman/scalar/internal/requirements.hpp>

#include <cstddef>
#include <utility>

namespace bellman {

/// `constant_step{a}`: the step size `a`, whatever the count: what follows a target that moves, and does not settle.
///
/// *Arguments*: a number in (0, 1]; the integer 1 is the step of every field.
/// *Errors*: `invalid_value` for any other number; when called, for the count 0.
/// *Laws*: tests/learning/harmonic_step.cpp.
/// *Source*: Sutton and Barto, section 2.5.
/// *Use*:
///     bellman::constant_step{0.125}(7) == 0.125
template <class F>
class constant_step {
 public:
  constexpr explicit constant_step(F its_size) requires internal::accepts<internal::a_number_with_an_order<F>>
      : size_(std::move(its_size)) {
    if (!internal::is_a_step_size(size_)) internal::a_step_size_must_lie_above_zero_and_at_most_at_one(size_);
  }
  // Deleted for what is none, where all ways to make one would be listed.
  template <class Reason = refused::a_step_size_is_a_number_with_an_order>
  requires(!internal::accepts<internal::a_number_with_an_order<F>>) constexpr explicit constant_step(F) = delete;

  constexpr F operator()(std::size_t n) const {
    internal::check_count(n);
    return size_;
  }

  /// Whether the sizes sum to infinity and their squares do not.
  static constexpr bool meets_robbins_monro() { return false; }

 private:
  F size_;
};

}  // namespace bellman
