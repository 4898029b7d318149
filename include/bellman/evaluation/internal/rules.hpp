// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/error.hpp>

namespace bellman::internal {

[[noreturn]] inline void off_policy_evaluation_needs_an_episode() {
  throw invalid_value("bellman: off-policy evaluation of no episodes; there must be one at least");
}

}  // namespace bellman::internal
