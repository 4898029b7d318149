// SPDX-License-Identifier: BSL-1.0
// A struct as a state: its members are counted, numbered and printed by the library, and the compiler solves for it.

#include "taxi.hpp"

#include <bellman/bellman.hpp>
#include <bellman/planning/solve_at_compile_time.hpp>
#include <bellman/reflect/text_of.hpp>

#include <cstdio>

namespace b = bellman;

constexpr taxi::town env;
static_assert(env.states().size() == 500 + 4);  // a ride ends at one of four stands
static_assert(env.states().index_of({false, 3, 1, 2, 0}) == ((3 * 5 + 1) * 5 + 2) * 4 + 0);  // as Gymnasium counts

constexpr auto solution = b::solve_at_compile_time<env, 1>();
constexpr double mean = b::expectation(env.start(), solution.value);
static_assert(7.93 - 1e-9 < mean && mean < 7.93 + 1e-9);  // what a ride pays, where each of 300 begins as often

int main() {
  constexpr taxi::ride first{false, 3, 1, 2, 0};
  double paid = 0;
  for (auto s = first; !env.terminal(s);) {
    auto const a = solution.policy.action(s);
    std::printf("%s: V = %g, %s\n", b::reflect::text_of(s).c_str(), solution.value(s), b::reflect::text_of(a).c_str());
    auto const outcome = env.transition(s, a).value();
    paid += outcome.reward;
    s = outcome.next;
  }
  std::printf("A ride pays %g on average.\n", mean);
  return solution.value.lower(first) <= paid && paid <= solution.value.upper(first) ? 0 : 1;
}
