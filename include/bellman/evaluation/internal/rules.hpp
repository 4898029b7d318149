// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/error.hpp>

#include <cstddef>
#include <string>

namespace bellman::internal {

[[noreturn]] inline void off_policy_evaluation_needs_an_episode() {
  throw invalid_value("bellman: off-policy evaluation of no episodes; there must be one at least");
}
[[noreturn]] inline void every_step_must_have_one_of_each(char const* what, std::size_t n, std::size_t rewards) {
  throw invalid_value("bellman: an episode has " + std::to_string(rewards) + " rewards and " + std::to_string(n) + " " +
                      what + "; there must be one for each reward");
}

}  // namespace bellman::internal
