// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/error.hpp>

#include <string>

namespace bellman::test {

/// What the error says that f throws.
template <class F>
std::string message_of(F const& f) {
  try {
    f();
  } catch (invalid_value const& e) {
    return e.what();
  }
  return "nothing was thrown";
}

}  // namespace bellman::test
