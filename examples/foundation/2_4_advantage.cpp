// SPDX-License-Identifier: BSL-1.0

// 2.4 Advantage
//
//   A_pi(s_t, a_t) = Q_pi(s_t, a_t) - V_pi(s_t) = E_pi[R_t + gamma V_pi(S_{t+1}) | S_t = s_t, A_t = a_t] - V_pi(s_t)
//
// How much better an action is than what the policy does there on average. Above 0 it should be chosen more often,
// below 0 less. The second form needs the state value only.

#include "count_the_ones.hpp"
#include "recycling_robot.hpp"

#include <bellman/decision/reward.hpp>
#include <bellman/planning/state_value.hpp>
#include <bellman/probability/distribution.hpp>
#include <bellman/value/action_value.hpp>
#include <bellman/value/advantage.hpp>

#include <cstdio>
#include <string>

namespace foundation {
namespace {

constexpr rational gamma(1, 2);

template <class Env, class Policy, class State>
constexpr auto A(Env const& env, Policy const& pi, State const& from) {
  auto const V_pi = bellman::state_value(env, pi, gamma, from);
  return bellman::advantage(bellman::action_value(env, gamma, V_pi), V_pi);
}

// From the state value alone, by the outcomes of each action.
constexpr bool needs_the_state_value_only() {
  recycling_robot const env;
  auto const A_pi = A(env, careful, battery::low);
  auto const V_pi = bellman::state_value(env, careful, gamma);
  for (battery s : env.states()) {
    for (deed a : env.actions(s)) {
      auto const mean =
          bellman::expectation(env.transition(s, a), [&](auto const& o) { return o.reward + gamma * V_pi(o.next); });
      if (A_pi(s, a) != mean - V_pi(s)) return false;
    }
  }
  return true;
}
static_assert(needs_the_state_value_only());

// The policy is no better than itself: sum over a of pi(a | s) A_pi(s, a) = 0.
constexpr bool mean_is_zero() {
  auto const A_robot = A(recycling_robot{}, careful, battery::low);
  for (battery s : recycling_robot::batteries) {
    if (bellman::expectation(careful(s), [&](deed a) { return A_robot(s, a); }) != 0) return false;
  }
  context const s = prompt();
  auto const A_tokens = A(count_the_ones(bellman::verifiable<rational>(is_right)), speaker, s);
  return bellman::expectation(speaker(s), [&](token a) { return A_tokens(s, a); }) == 0;
}
static_assert(mean_is_zero());

// More of what has a positive advantage, less of what has a negative one, makes a better policy: here a little more
// waiting with a low battery, whose advantage is positive, and a little less searching.
constexpr bool following_it_improves() {
  using enum battery;
  using enum deed;
  recycling_robot const env;
  auto const A_pi = A(env, careful, low);
  auto const better = [](battery s) {
    auto pi = careful(s);
    if (s == low) {
      pi[0].probability -= rational(1, 8);  // search
      pi.push_back({wait, rational(1, 8)});
    }
    return pi;
  };
  auto const before = bellman::state_value(env, careful, gamma);
  auto const after = bellman::state_value(env, better, gamma);
  return A_pi(low, search) < 0 && A_pi(low, wait) > 0 && after(low) > before(low) && after(high) > before(high);
}
static_assert(following_it_improves());

}  // namespace
}  // namespace foundation

int main() {
  using namespace foundation;
  auto const A_robot = A(recycling_robot{}, careful, battery::low);
  std::puts("A_pi of the robot, at gamma = 1/2:");
  for (battery s : recycling_robot::batteries) {
    for (deed a : recycling_robot{}.actions(s)) {
      std::printf("  %-4s %-8s %8s\n", text(s), text(a), text(A_robot(s, a)).c_str());
    }
  }
  std::puts("A_pi of the language model's first token:");
  auto const A_tokens = A(count_the_ones(bellman::verifiable<rational>(is_right)), speaker, prompt());
  for (token a : words.tokens()) {
    std::printf("  %-4s %-8s %8s\n", text(prompt()).c_str(), std::string(words.text(a)).c_str(),
                text(A_tokens(prompt(), a)).c_str());
  }
  return needs_the_state_value_only() && mean_is_zero() && following_it_improves() ? 0 : 1;
}
