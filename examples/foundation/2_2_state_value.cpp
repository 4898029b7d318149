// SPDX-License-Identifier: BSL-1.0

// 2.2 State value
//
//   V_pi(s_t) = E_pi[G_t | S_t = s_t] = E_pi[R_t + gamma V_pi(S_{t+1}) | S_t = s_t]
//
// What a policy is expected to gain from a state on. The second form is the Bellman equation; it is proved step by step
// in derivation_v.cpp.

#include "count_the_ones.hpp"
#include "recycling_robot.hpp"

#include <bellman/decision/reward.hpp>
#include <bellman/decision/trajectories.hpp>
#include <bellman/planning/state_value.hpp>
#include <bellman/probability/distribution.hpp>
#include <bellman/probability/weight.hpp>
#include <bellman/value/bellman_operator.hpp>
#include <bellman/value/return.hpp>

#include <cstdio>

namespace foundation {
namespace {

constexpr rational gamma(1, 2);

// A robot that never ends: two equations with two unknowns, which the solution fulfils.
constexpr bool robot() {
  using enum battery;
  auto const V_pi = bellman::state_value(recycling_robot{}, careful, gamma);
  // high: search with 2/3, which pays 2 and keeps the battery with 3/4; wait with 1/3, which pays 1
  bool const of_high = V_pi(high) == rational(2, 3) * (2 + gamma * (rational(3, 4) * V_pi(high) + V_pi(low) / 4)) +
                                         rational(1, 3) * (1 + gamma * V_pi(high));
  // low: search with 1/4, which pays 2 or, as likely, strands the robot for -3; recharge with 3/4
  bool const of_low = V_pi(low) == rational(1, 4) * ((2 + gamma * V_pi(low)) / 2 + (-3 + gamma * V_pi(high)) / 2) +
                                       rational(3, 4) * gamma * V_pi(high);
  // The same with the operator T_pi, of which V_pi is the fixed point.
  auto const T_pi = bellman::bellman_expectation(recycling_robot{}, careful, gamma);
  return of_high && of_low && T_pi(V_pi)(high) == V_pi(high) && T_pi(V_pi)(low) == V_pi(low);
}
static_assert(robot());

// A language model: the expectation of the return over every sequence of tokens, and one sweep from their ends.
constexpr bool tokens() {
  auto const task = count_the_ones(bellman::verifiable<rational>(is_right));
  auto const V_pi = bellman::state_value(task, speaker, gamma);
  auto const G = [](auto const& tau) { return bellman::discounted_return(tau.rewards, gamma); };
  context const s = prompt();
  rational const by_paths = bellman::expectation(bellman::trajectories(task, speaker, s), G);
  // "1", "0" and "." with 2/3, 1/2 and 1/4, and the reward comes two steps later
  return V_pi(s) == by_paths && V_pi(s) == gamma * gamma * rational(2, 3) * rational(1, 2) * rational(1, 4) &&
         V_pi(concat(concat(s, one), zero)) == rational(1, 4) && V_pi(concat(s, zero)) == 0;
}
static_assert(tokens());

}  // namespace
}  // namespace foundation

int main() {
  using namespace foundation;
  auto const V_robot = bellman::state_value(recycling_robot{}, careful, foundation::gamma);
  std::puts("V_pi of the robot, at gamma = 1/2:");
  std::printf("  high %s = %.4f\n", text(V_robot(battery::high)).c_str(), bellman::to_double(V_robot(battery::high)));
  std::printf("  low  %s = %.4f\n", text(V_robot(battery::low)).c_str(), bellman::to_double(V_robot(battery::low)));
  std::puts("V_pi of the language model, as its answer grows to the right one:");
  auto const V_tokens =
      bellman::state_value(count_the_ones(bellman::verifiable<rational>(is_right)), speaker, foundation::gamma);
  context s = prompt();
  std::printf("  %-8s %s\n", text(s).c_str(), text(V_tokens(s)).c_str());
  for (token a : {one, zero}) {
    s = concat(s, a);
    std::printf("  %-8s %s\n", text(s).c_str(), text(V_tokens(s)).c_str());
  }
  return robot() && tokens() ? 0 : 1;
}
