// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/interop/boost_rational.hpp>

namespace bellman::test {

/// One half: the discount and the lambda of most estimates that are worked out by hand.
inline constexpr rational half(1, 2);

}  // namespace bellman::test
