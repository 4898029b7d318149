// SPDX-License-Identifier: BSL-1.0

// 1.5 Reward
//
//   r = 1 if the answer is right, 0 if it is wrong
//
// A reward says how good an action or a whole sequence was. It is apart from the environment that it is given in: a
// rule that can be checked (RLVR), or a reward model, which is any callable, and one can be put in the place of the
// other.

#include "count_the_ones.hpp"

#include <bellman/decision/reward.hpp>
#include <bellman/planning/state_value.hpp>
#include <bellman/probability/weight.hpp>

#include <cstdio>

namespace foundation {
namespace {

// The rule: 1 when a sequence ends right, else 0.
constexpr auto rule = bellman::verifiable<rational>(is_right);

// A reward model: it judges the whole answer, and does not see more than that it should begin with "1" and be short.
constexpr auto reward_model = bellman::outcome_reward{[](context const& s) {
  bool const begins_well = s.generated().front() == one;
  return (begins_well ? rational(1, 2) : rational(0)) + rational(1, static_cast<long long>(2 * s.generated_size()));
}};

// A reward on each token.
constexpr auto cost_of_length = [](context const&, token) { return rational(-1, 10); };

constexpr auto checked = count_the_ones(rule);
constexpr auto judged = bellman::with_reward(checked, reward_model);
constexpr auto charged = bellman::with_reward(checked, cost_of_length);

/// The reward of the last token of an answer.
template <class Env>
constexpr rational last_reward(Env const& env, context const& before, token last) {
  return env.transition(before, last).value().reward;
}

constexpr bool rewards_are_swapped() {
  context const ten = concat(concat(prompt(), one), zero);
  context const eleven = concat(concat(prompt(), one), one);
  return last_reward(checked, ten, stop) == 1 && last_reward(checked, eleven, stop) == 0 &&
         last_reward(checked, prompt(), one) == 0 &&  // not yet ended
         last_reward(judged, ten, stop) == rational(2, 3) && last_reward(judged, eleven, stop) == rational(2, 3) &&
         last_reward(judged, prompt(), stop) == rational(1, 2) && last_reward(charged, ten, stop) == rational(-1, 10);
}
static_assert(rewards_are_swapped());

// The same policy in the same environment is worth something else by each of them.
template <class Env>
constexpr rational worth(Env const& env) {
  return bellman::state_value(env, speaker, rational(1))(prompt());
}
static_assert(worth(checked) == rational(2, 3) * rational(1, 2) * rational(1, 4));  // of "1", "0" and "."
static_assert(worth(judged) == rational(2, 3) / 2 + (rational(1, 6) + rational(5, 24) / 2 + rational(5, 8) / 3) / 2);
static_assert(worth(charged) == rational(-1, 10) * (1 + rational(5, 6) + rational(5, 6) * rational(3, 4)));

}  // namespace
}  // namespace foundation

int main() {
  using namespace foundation;
  std::puts("The expected reward of one policy, by three rewards:");
  std::printf("  a rule that checks the answer  %6.3f\n", bellman::to_double(worth(checked)));
  std::printf("  a reward model                 %6.3f\n", bellman::to_double(worth(judged)));
  std::printf("  a cost of 1/10 for each token  %6.3f\n", bellman::to_double(worth(charged)));
  return rewards_are_swapped() && worth(checked) == rational(1, 12) && worth(judged) == rational(55, 96) &&
                 worth(charged) == rational(-59, 240)
             ? 0
             : 1;
}
