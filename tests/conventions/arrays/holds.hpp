// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <algorithm>
#include <initializer_list>

namespace bellman::test {

/// Whether a range holds exactly these numbers, in this order.
template <class Range>
constexpr bool holds(Range const& range, std::initializer_list<double> numbers) {
  return std::ranges::equal(range, numbers);
}

}  // namespace bellman::test
