// SPDX-License-Identifier: BSL-1.0

// 1.2 Environment
//
//   s_{t+1} = Concat(s_t, a_t)
//
// The environment takes an action, changes its state and gives a reward. In text generation it appends the token to the
// context, and rewards the sequence when it has ended.

#include "count_the_ones.hpp"

#include <bellman/decision/environment.hpp>
#include <bellman/decision/outcome.hpp>
#include <bellman/decision/reward.hpp>
#include <bellman/decision/rollout.hpp>
#include <bellman/probability/dirac.hpp>

#include <cstddef>
#include <cstdio>
#include <random>
#include <string>

namespace foundation {
namespace {

constexpr auto env = count_the_ones(bellman::verifiable<rational>(is_right));
static_assert(bellman::environment<decltype(env)>);
static_assert(bellman::deterministic_environment<decltype(env)>);

// A token leads to one next state for certain, the longer context; the reward comes with the last token.
constexpr bool text_grows() {
  using bellman::dirac, bellman::outcome;
  context const s_1 = prompt();
  context const s_2 = concat(s_1, one);
  context const s_3 = concat(s_2, zero);
  context const s_4 = concat(s_3, stop);
  return env.transition(s_1, one) == dirac{outcome{rational(0), s_2}} &&
         env.transition(s_2, zero) == dirac{outcome{rational(0), s_3}} &&
         env.transition(s_3, stop) == dirac{outcome{rational(1), s_4}};
}
static_assert(text_grows());

// A sequence ends with the end of the sequence, or at the length limit.
constexpr bool text_ends() {
  context const s_3 = concat(concat(prompt(), one), zero);
  return !env.terminal(prompt()) && !env.terminal(s_3) && env.terminal(concat(s_3, zero)) &&
         env.terminal(concat(prompt(), stop));
}
static_assert(text_ends());

}  // namespace
}  // namespace foundation

int main() {
  using namespace foundation;
  std::mt19937_64 chance(12);
  auto const tau = bellman::rollout(env, speaker, prompt(), chance);
  std::puts("One answer, token by token:");
  for (std::size_t k = 0; k < tau.size(); ++k) {
    std::size_t const t = k + 1;
    std::printf("  s_%zu = %-8s a_%zu = %s   r_%zu = %s\n", t, text(tau.states[k]).c_str(), t,
                std::string(words.text(tau.actions[k])).c_str(), t, tau.rewards[k] == 1 ? "1" : "0");
  }
  std::printf("  s_%zu = %s\n", tau.size() + 1, text(tau.states.back()).c_str());
  return text_grows() && text_ends() && env.terminal(tau.states.back()) ? 0 : 1;
}
