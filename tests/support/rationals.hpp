// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/interop/boost_rational.hpp>

namespace bellman::test {

inline constexpr rational half(1, 2);
inline constexpr rational one(1);

}  // namespace bellman::test
