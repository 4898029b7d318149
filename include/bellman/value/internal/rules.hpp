// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/internal/describe.hpp>
#include <bellman/internal/refuse.hpp>

namespace bellman::internal {

template <class S>
[[noreturn]] void a_state_that_is_not_terminal_needs_an_action(S const& s) {
  internal::refuse("bellman: the state " + internal::describe(s) +
                   " is not terminal and has no actions; it needs at least one");
}
template <class T>
[[noreturn]] void lambda_must_lie_between_zero_and_one(T const& lambda) {
  internal::refuse("bellman: lambda is " + internal::describe(lambda) + "; it must lie in [0, 1]");
}
template <class T>
[[noreturn]] void a_temperature_must_be_above_zero(T const& t) {
  internal::refuse("bellman: the temperature is " + internal::describe(t) + "; it must be a finite number above 0");
}

}  // namespace bellman::internal
