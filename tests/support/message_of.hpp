// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/error.hpp>

#include <string>

namespace bellman::test {

/// What an exception says that a body throws; empty if there is none.
template <class Body>
std::string message_of(Body const& body) {
  try {
    body();
  } catch (invalid_value const& error) {
    return error.what();
  }
  return "";
}

}  // namespace bellman::test
