// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/scalar/as_number.hpp>

#include <type_traits>

namespace bellman::internal {

// What constants that are given side by side are held in: an integer beside a number is one of its type, integers alone
// are `double`.
template <class... F>
using common_number_t = number_t<std::common_type_t<F...>>;

}  // namespace bellman::internal
