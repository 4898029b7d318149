// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/internal/refuse.hpp>
#include <bellman/layout/internal/overlap.hpp>

#include <type_traits>

namespace bellman::internal {

[[noreturn]] inline void an_output_must_not_overlap_the_values() {
  internal::refuse("bellman: an output overlaps the values; it must lie apart from them, as they are read again");
}

/// Sees to it that the values are still there after an output is written, where both have an address.
template <class Out, class Values>
constexpr void check_apart_from_values([[maybe_unused]] Out const& out, [[maybe_unused]] Values const& values) {
  if constexpr (has_a_place_in_memory<Out> && has_a_place_in_memory<Values>) {
    if (std::is_constant_evaluated()) return;
    bool const overlap = internal::overlap(internal::place_of_layout(out), internal::place_of_layout(values));
    if (overlap) an_output_must_not_overlap_the_values();
  }
}

}  // namespace bellman::internal
