// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/error.hpp>

#include <cstdlib>
#include <string>

namespace bellman::internal {

/// `refuse(message)`, `refuse<Error>(message)`: throws, and without exceptions calls `on_broken_rule` and ends the
/// program. It is not constexpr, so that what breaks a rule in a constant expression does not compile; each rule calls
/// it in a function of its own, whose name the compiler's message shows.
template <class Error = invalid_value>
[[noreturn]] void refuse(std::string const& message) {
#if defined(__cpp_exceptions)
  throw Error(message);
#else
  on_broken_rule(message.c_str());
  std::abort();
#endif
}

}  // namespace bellman::internal
