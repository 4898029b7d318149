// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/interop/boost_rational.hpp>
#include <bellman/probability/distribution.hpp>

#include <array>

#include "models/listed_mdp.hpp"

/// Two states that lead to each other and to an end, a policy that chooses by chance, and values that are not its own:
/// what operators of several steps are checked on.
namespace bellman::test {

template <class R>
constexpr auto loop_and_end() {
  return ::models::mdp_of_rows<R>(3, {{0, 0, R(1) / R(2), 0, R(1)},
                                    {0, 0, R(1) / R(2), 1, R(-2)},
                                    {0, 1, R(1), 1, R(1) / R(3)},
                                    {1, 0, R(1) / R(4), 2, R(5)},
                                    {1, 0, R(3) / R(4), 0, R(1)},
                                    {1, 1, R(1), 2, R(3)}});
}

inline constexpr auto any_way = [](int s) {
  return std::array{weighted{0, rational(1, s + 2)}, weighted{1, rational(s + 1, s + 2)}};
};

/// Nowhere 0, also where it ends.
inline constexpr auto guess = [](int s) { return rational(2 * s - 3, s + 1); };

}  // namespace bellman::test
