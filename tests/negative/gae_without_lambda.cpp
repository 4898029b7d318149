// SPDX-License-Identifier: BSL-1.0
// expect: bellman: .lambda is missing

#include <bellman/bellman.hpp>

#include <array>

constexpr std::array rewards{1.0, 2.0};
constexpr std::array values{0.5, 0.5};

#ifdef CONTROL
constexpr auto estimates = bellman::gae(rewards, values, bellman::terminated{}, {.gamma = 0.9, .lambda = 0.9});
#else
constexpr auto estimates = bellman::gae(rewards, values, bellman::terminated{}, {.gamma = 0.9});
#endif

int main() { return estimates.advantages[1] == 1.5 ? 0 : 1; }
