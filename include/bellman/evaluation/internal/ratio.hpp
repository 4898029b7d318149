// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/error.hpp>
#include <bellman/internal/describe.hpp>

#include <cstddef>
#include <string>

namespace bellman::internal {

template <class W>
[[noreturn]] void a_ratio_must_not_be_negative(std::size_t step, W const& ratio) {
  throw invalid_value("bellman: ratio " + std::to_string(step) + " is " + internal::describe(ratio) +
                      "; it must be 0 or above, and finite");
}

}  // namespace bellman::internal
