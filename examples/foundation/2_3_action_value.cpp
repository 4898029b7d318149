// SPDX-License-Identifier: BSL-1.0

// 2.3 Action value
//
//   Q_pi(s_t, a_t) = E_pi[G_t | S_t = s_t, A_t = a_t] = E_pi[R_t + gamma V_pi(S_{t+1}) | S_t = s_t, A_t = a_t]
//
// What is expected to be gained from a state on when an action is taken in it first, and then the policy followed. The
// second form is proved step by step in derivation_q.cpp.

#include "count_the_ones.hpp"
#include "recycling_robot.hpp"

#include <bellman/decision/reward.hpp>
#include <bellman/planning/state_value.hpp>
#include <bellman/probability/distribution.hpp>
#include <bellman/value/action_value.hpp>

#include <cstdio>

namespace foundation {
namespace {

constexpr rational gamma(1, 2);

// Q_pi by the outcomes of each action.
constexpr bool robot() {
  using enum battery;
  using enum deed;
  auto const V_pi = bellman::state_value(recycling_robot{}, careful, gamma);
  auto const Q_pi = bellman::action_value(recycling_robot{}, gamma, V_pi);
  return Q_pi(high, search) == 2 + gamma * (rational(3, 4) * V_pi(high) + rational(1, 4) * V_pi(low)) &&
         Q_pi(high, wait) == 1 + gamma * V_pi(high) && Q_pi(low, recharge) == gamma * V_pi(high) &&
         Q_pi(low, search) == (2 + gamma * V_pi(low)) / 2 + (-3 + gamma * V_pi(high)) / 2;
}
static_assert(robot());

// The policy's mean of the action values is the state value: V_pi(s) = sum over a of pi(a | s) Q_pi(s, a).
constexpr bool mean_is_the_state_value() {
  auto const V_pi = bellman::state_value(recycling_robot{}, careful, gamma);
  auto const Q_pi = bellman::action_value(recycling_robot{}, gamma, V_pi);
  for (battery s : recycling_robot::batteries) {
    if (bellman::expectation(careful(s), [&](deed a) { return Q_pi(s, a); }) != V_pi(s)) return false;
  }
  return true;
}
static_assert(mean_is_the_state_value());

// Tokens: Concat(s_t, a_t) is the next state for certain, so that Q_pi(s_t, a_t) = R_t + gamma V_pi(Concat(s_t, a_t)).
constexpr bool tokens() {
  auto const task = count_the_ones(bellman::verifiable<rational>(is_right));
  auto const V_pi = bellman::state_value(task, speaker, gamma);
  auto const Q_pi = bellman::action_value(task, gamma, V_pi);
  context const s = prompt();
  context const ten = concat(concat(s, one), zero);
  return Q_pi(s, one) == gamma * V_pi(concat(s, one)) && Q_pi(s, zero) == 0 && Q_pi(ten, stop) == 1 &&
         Q_pi(ten, one) == 0;
}
static_assert(tokens());

}  // namespace
}  // namespace foundation

int main() {
  using namespace foundation;
  auto const V_pi = bellman::state_value(recycling_robot{}, careful, foundation::gamma);
  auto const Q_pi = bellman::action_value(recycling_robot{}, foundation::gamma, V_pi);
  std::puts("Q_pi of the robot, at gamma = 1/2:");
  for (battery s : recycling_robot::batteries) {
    for (deed a : recycling_robot{}.actions(s)) {
      std::printf("  %-4s %-8s %8s\n", text(s), text(a), text(Q_pi(s, a)).c_str());
    }
  }
  return robot() && mean_is_the_state_value() && tokens() ? 0 : 1;
}
