// SPDX-License-Identifier: BSL-1.0
// refused: policy_iteration_begins_with_a_policy_that_answers_with_an_action

#include <bellman/bellman.hpp>

#include "../models/two_state_cycle.hpp"

#ifdef CONTROL
constexpr auto first = [](int) { return 1; };
#else
constexpr auto first = [](int) { return bellman::uniform(std::views::iota(0, 2)); };
#endif

constexpr auto value = [] {
  auto const steps = bellman::policy_iteration(models::two_state_cycle<double>{}, 0.5, first);
  return steps.begin()->value(0);
}();
