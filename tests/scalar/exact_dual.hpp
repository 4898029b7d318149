// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/interop/boost_rational.hpp>
#include <bellman/scalar/dual.hpp>

namespace bellman::test {

using exact_dual = dual<rational>;

constexpr bool is(exact_dual const& x, rational const& value, rational const& derivative) {
  return x.value == value && x.derivative[0] == derivative;
}

}  // namespace bellman::test
