// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>

namespace bellman {

/// `steps_of_sequences{T, N}`: the shape of a recording of N sequences of T steps each.
struct steps_of_sequences {
  std::size_t steps;
  std::size_t sequences;

  friend bool operator==(steps_of_sequences const&, steps_of_sequences const&) = default;
};

}  // namespace bellman
