// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>

namespace bellman::internal {

/// The number by which the caller knows element i of a range, for messages: i, but of a part of some rows the row.
template <class Range>
struct place_in {
  static constexpr std::size_t at(Range const&, std::size_t i) { return i; }
};

}  // namespace bellman::internal
