// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/interop/boost_rational.hpp>

#include <vector>

namespace bellman::test {

using sequence = std::vector<rational>;
using batch = std::vector<sequence>;

/// Sums 6, 5, 0 and -4; lengths 3, 1, 0 and 2.
constexpr batch ragged() {
  return batch{sequence{rational(1), rational(2), rational(3)}, sequence{rational(5)}, sequence{},
               sequence{rational(-7), rational(3)}};
}

}  // namespace bellman::test
