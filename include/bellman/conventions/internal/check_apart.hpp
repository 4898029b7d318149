// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/internal/refuse.hpp>
#include <bellman/layout/internal/overlap.hpp>

#include <string>
#include <type_traits>

namespace bellman::internal {

[[noreturn]] inline void an_output_must_not_overlap_what_is_read_again(std::string const& what) {
  internal::refuse("bellman: an output overlaps " + what + "; it must lie apart from them, as they are read again");
}

/// Whether two arrays share memory, where both have an address.
template <class Out, class X>
constexpr bool share_memory([[maybe_unused]] Out const& out, [[maybe_unused]] X const& x) {
  if constexpr (has_a_place_in_memory<Out> && has_a_place_in_memory<X>) {
    if (std::is_constant_evaluated()) return false;
    return internal::overlap(internal::place_of_layout(out), internal::place_of_layout(x));
  } else {
    return false;
  }
}

/// Sees to it that arrays are still there after an output is written; `what` they are, in the plural.
template <class Out, class... X>
constexpr void check_apart(char const* what, Out const& out, X const&... x) {
  if ((internal::share_memory(out, x) || ...)) internal::an_output_must_not_overlap_what_is_read_again(what);
}

}  // namespace bellman::internal
