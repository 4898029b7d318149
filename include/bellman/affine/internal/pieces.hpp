// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>

namespace bellman::internal {

/// The first of n things that belongs to piece i of several of about one size.
constexpr std::size_t piece_begin(std::size_t i, std::size_t pieces, std::size_t n) {
  return n / pieces * i + n % pieces * i / pieces;
}

}  // namespace bellman::internal
