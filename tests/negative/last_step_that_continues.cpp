// SPDX-License-Identifier: BSL-1.0
// rule: the_last_step_must_end

#include <bellman/bellman.hpp>

#include <array>

#ifdef CONTROL
constexpr bellman::step<double> last = bellman::terminated{};
#else
constexpr bellman::step<double> last = bellman::continues{};
#endif

constexpr std::array rewards{1.0, 1.0};
constexpr std::array steps{bellman::step<double>(bellman::terminated{}), last};
constexpr auto returns = bellman::returns_to_go(rewards, steps, 0.9);
