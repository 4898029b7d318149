// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/interop/boost_rational.hpp>
#include <bellman/probability/distribution.hpp>
#include <bellman/probability/uniform.hpp>
#include <bellman/probability/weights_in.hpp>

#include <ranges>

namespace bellman::test {

inline constexpr auto die = [] { return weights_in<rational>(uniform(std::views::iota(1, 7))); };

inline constexpr auto number = [](int x) { return rational(x); };

template <class D>
constexpr rational probability_of(D const& d, int x) {
  return expectation(d, [x](int y) { return rational(x == y ? 1 : 0); });
}

}  // namespace bellman::test
