// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/internal/describe.hpp>
#include <bellman/internal/refuse.hpp>
#include <bellman/internal/verdict.hpp>
#include <bellman/scalar/exponential.hpp>
#include <bellman/scalar/field.hpp>
#include <bellman/scalar/internal/parts.hpp>
#include <bellman/scalar/internal/requirements.hpp>

#include <cstddef>
#include <string>
#include <type_traits>

namespace bellman {

namespace refused {

struct a_step_size_is_a_number_with_an_order {};
struct a_power_needs_exp_and_log_which_no_exact_number_has {};

}  // namespace refused

namespace internal {

template <class F>
[[noreturn]] void a_step_size_must_lie_above_zero_and_at_most_at_one(F const& a) {
  internal::refuse("bellman: a step size is " + internal::describe(a) + "; it must lie in (0, 1]");
}
template <class F>
[[noreturn]] void a_step_size_must_lie_above_zero_and_at_most_at_one(F const& a, std::size_t n) {
  internal::refuse("bellman: the size of step " + std::to_string(n) + " is " + internal::describe(a) +
                   "; it must lie in (0, 1]");
}
[[noreturn]] inline void steps_are_counted_from_one() {
  internal::refuse("bellman: the size of step 0 is asked for; steps are counted 1, 2, 3, ...");
}

/// Whether a number lies in (0, 1]; a NaN does not.
template <class F>
constexpr bool is_a_step_size(F const& a) {
  auto const& x = internal::as_computed(a);
  using X = std::remove_cvref_t<decltype(x)>;
  return X(0) < x && !(X(1) < x);
}

/// What a schedule is called with.
constexpr void check_count(std::size_t n) {
  if (n == 0) internal::steps_are_counted_from_one();
}

/// A constant of a schedule that divides: no integer.
template <class F>
using a_step_constant = rule<ordered_field<F>, refused::a_step_size_is_a_number_with_an_order>;

/// Constants of which a power can be taken.
template <class F>
struct an_exponent
    : every<a_step_constant<F>,
            rule<std::is_invocable_v<decltype(exp), F const&> && std::is_invocable_v<decltype(log), F const&>,
                 refused::a_power_needs_exp_and_log_which_no_exact_number_has>> {};

}  // namespace internal

}  // namespace bellman
