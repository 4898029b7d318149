// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/internal/refuse.hpp>

#include <cstddef>
#include <string>

namespace bellman::internal {

[[noreturn]] inline void the_last_step_must_end(std::size_t t) {
  internal::refuse("bellman: step " + std::to_string(t) +
                   " continues and nothing comes after it; it must be terminated or truncated with a value");
}
[[noreturn]] inline void there_must_be_one_for_each_reward(char const* what, std::size_t found, std::size_t rewards) {
  internal::refuse("bellman: " + std::to_string(found) + " " + what + " and " + std::to_string(rewards) +
                   " rewards; there must be one for each reward");
}
template <class N>
[[noreturn]] void a_return_must_have_at_least_one_step(N n) {
  internal::refuse("bellman: the returns have " + std::to_string(n) + " steps; they must have at least 1");
}

}  // namespace bellman::internal
