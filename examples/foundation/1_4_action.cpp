// SPDX-License-Identifier: BSL-1.0

// 1.4 Action
//
//   a_t in V
//
// An action is what an agent can do in a state. A language model's actions are the tokens of its vocabulary V, in every
// context the same; in other environments they differ from state to state.

#include "count_the_ones.hpp"
#include "recycling_robot.hpp"

#include <bellman/decision/environment.hpp>
#include <bellman/decision/policy.hpp>
#include <bellman/decision/reward.hpp>

#include <algorithm>
#include <cstdio>
#include <string>
#include <vector>

namespace foundation {
namespace {

constexpr auto env = count_the_ones(bellman::verifiable<rational>(is_right));
static_assert(bellman::action<token> && bellman::action<deed>);

constexpr bool the_vocabulary_is_the_action_space() {
  return std::ranges::equal(env.actions(prompt()), std::vector{zero, one, stop}) &&
         std::ranges::equal(env.actions(concat(prompt(), one)), words.tokens()) && words.find("1") == one &&
         words.text(stop) == "." && words.end_of_sequence() == stop;
}
static_assert(the_vocabulary_is_the_action_space());

constexpr bool a_full_battery_is_not_recharged() {
  recycling_robot const robot;
  return std::ranges::equal(robot.actions(battery::low), std::vector{deed::search, deed::wait, deed::recharge}) &&
         std::ranges::equal(robot.actions(battery::high), std::vector{deed::search, deed::wait});
}
static_assert(a_full_battery_is_not_recharged());

// Who chooses may name one action, or give each a probability: both are policies.
constexpr auto always_one = [](context const&) { return one; };
static_assert(bellman::deterministic_policy_for<decltype(always_one), decltype(env)>);
static_assert(bellman::stochastic_policy_for<decltype(speaker), decltype(env)>);

}  // namespace
}  // namespace foundation

int main() {
  using namespace foundation;
  std::printf("In the context %s an action is one of:", text(prompt()).c_str());
  for (token a : env.actions(prompt())) std::printf(" \"%s\"", std::string(words.text(a)).c_str());
  std::puts("");
  return the_vocabulary_is_the_action_space() && a_full_battery_is_not_recharged() ? 0 : 1;
}
