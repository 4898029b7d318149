// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/internal/refuse.hpp>
#include <bellman/internal/verdict.hpp>
#include <bellman/learning/internal/step_size_rules.hpp>
#include <bellman/loss/internal/common_number.hpp>
#include <bellman/scalar/arithmetic.hpp>
#include <bellman/scalar/as_number.hpp>
#include <bellman/scalar/field.hpp>

#include <cstddef>
#include <utility>

namespace bellman {

namespace detail {

[[noreturn]] inline void a_linear_step_changes_over_one_step_or_more() {
  internal::refuse("bellman: the steps over which a step size changes linearly are 0; there must be at least one");
}

}  // namespace detail

/// `linear_step{first, last, count}`: the step size `first + (last - first) min(1, (n - 1) / count)`: in a straight
/// line from `first` to `last`, where it stays. A share of explored actions that falls is one too.
///
/// *Arguments*: two numbers in (0, 1], of one type; integers are taken as `double`; over how many steps, at least one.
/// *Errors*: `invalid_value` for any others; when called, for the count 0.
/// *Laws*: tests/learning/harmonic_step.cpp.
/// *Source*: Mnih et al. 2015, "Human-level control through deep reinforcement learning".
/// *Use*:
///     bellman::linear_step{1.0, 0.5, 4}(2) == 0.875 && bellman::linear_step{1.0, 0.5, 4}(9) == 0.5
template <class F>
class linear_step {
 public:
  constexpr linear_step(F its_first, F its_last, std::size_t its_count) requires ordered_field<F>
      : first_(std::move(its_first)), last_(std::move(its_last)), count_(its_count) {
    if (!internal::is_a_step_size(first_)) internal::a_step_size_must_lie_above_zero_and_at_most_at_one(first_);
    if (!internal::is_a_step_size(last_)) internal::a_step_size_must_lie_above_zero_and_at_most_at_one(last_);
    if (count_ == 0) detail::a_linear_step_changes_over_one_step_or_more();
  }
  // Deleted for what is none, where all ways to make one would be listed.
  template <class Reason = refused::a_step_size_is_a_number_with_an_order>
  requires(!ordered_field<F>) constexpr linear_step(F, F, std::size_t) = delete;

  constexpr F operator()(std::size_t n) const {
    internal::check_count(n);
    if (n > count_) return last_;
    F const share = quotient(as_number<F>(n - 1), as_number<F>(count_));
    return sum(first_, F(product(share, F(difference(last_, first_)))));
  }

  /// Whether the sizes sum to infinity and their squares do not.
  static constexpr bool meets_robbins_monro() { return false; }

 private:
  F first_;
  F last_;
  std::size_t count_;
};
template <class A, class B>
linear_step(A, B, std::size_t) -> linear_step<internal::common_number_t<A, B>>;

}  // namespace bellman
