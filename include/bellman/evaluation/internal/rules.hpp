// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/internal/describe.hpp>
#include <bellman/internal/refuse.hpp>

#include <cstddef>
#include <string>

namespace bellman::internal {

template <class W>
[[noreturn]] void a_ratio_must_not_be_negative(std::size_t step, W const& ratio) {
  internal::refuse("bellman: ratio " + std::to_string(step) + " is " + internal::describe(ratio) +
                   "; it must be 0 or above, and finite");
}

[[noreturn]] inline void off_policy_evaluation_needs_an_episode() {
  internal::refuse("bellman: off-policy evaluation of no episodes; there must be one at least");
}

}  // namespace bellman::internal
