// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <limits>

namespace bellman::test {

template <class T>
inline constexpr T infinity_of = std::numeric_limits<T>::infinity();
template <class T>
inline constexpr T not_a_number_of = std::numeric_limits<T>::quiet_NaN();

}  // namespace bellman::test
