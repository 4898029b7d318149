// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/internal/refuse.hpp>

#include <cstddef>
#include <string>

namespace bellman::internal {

namespace detail {

[[noreturn]] inline void whitening_needs_two_tokens(std::size_t found) {
  internal::refuse("bellman: whitening over " + std::to_string(found) + " tokens; it needs at least 2");
}

}  // namespace detail

/// `check_two_tokens(count)`: throws `invalid_value` for fewer.
constexpr void check_two_tokens(std::size_t count) {
  if (count < 2) detail::whitening_needs_two_tokens(count);
}

}  // namespace bellman::internal
