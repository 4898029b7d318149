// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/error.hpp>
#include <bellman/internal/describe.hpp>
#include <bellman/scalar/internal/is_finite_and.hpp>
#include <bellman/scalar/internal/parts.hpp>

#include <cstddef>
#include <string>

namespace bellman::internal {

template <class W>
[[noreturn]] void a_ratio_must_not_be_negative(std::size_t step, W const& ratio) {
  throw invalid_value("bellman: ratio " + std::to_string(step) + " is " + describe(ratio) +
                      "; it must be 0 or above, and finite");
}

/// Whether a number can be an importance ratio: neither below zero, nor a NaN, nor infinite; of an interval, whether
/// all of it can.
template <class P>
constexpr bool is_ratio(P const& p) {
  if constexpr (has_bounds<P>) {
    return is_ratio(p.lower()) && is_ratio(p.upper());
  } else {
    return is_finite_and_not_negative(p);
  }
}

}  // namespace bellman::internal
