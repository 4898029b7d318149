// SPDX-License-Identifier: BSL-1.0
// refused: a_truncated_episode_needs_the_value_of_the_state_after_it

#include <bellman/decision/ending.hpp>
#include <bellman/value/return.hpp>
#include <bellman/views/discounted_returns.hpp>

#include <array>

#ifdef CONTROL
constexpr bellman::truncated ending{2.0};
#else
constexpr bellman::truncated ending{};
#endif

constexpr double first_return() {
  std::array const rewards{1.0, 1.0};
  auto returns = rewards | bellman::views::discounted_returns(ending, 0.5);
  return returns[0];
}
constexpr double G = first_return();
