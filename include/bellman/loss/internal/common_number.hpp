// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/scalar/as_number.hpp>

#include <type_traits>

namespace bellman::internal {

/// What is no number, where numbers have no common type: a deduction ends in a type whose constructor says so.
struct no_common_number {};

template <class... F>
struct common_constant {
  using type = no_common_number;
};
template <class... F>
  requires requires { typename std::common_type_t<F...>; }
struct common_constant<F...> {
  using type = number_t<std::common_type_t<F...>>;
};

// What constants that are given side by side are held in: an integer beside a number is one of its type, integers alone
// are `double`.
template <class... F>
using common_number_t = typename common_constant<F...>::type;

}  // namespace bellman::internal
