// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/internal/refuse.hpp>

namespace bellman::internal {

[[noreturn]] inline void a_distribution_must_have_a_value() {
  internal::refuse("bellman: a distribution has no values; it needs at least one, and its weights must sum to 1");
}

}  // namespace bellman::internal
