// SPDX-License-Identifier: BSL-1.0
// A struct as a state: its members are counted, numbered and printed by the library.

#include "taxi.hpp"

#include <bellman/bellman.hpp>
#include <bellman/reflect/states_of.hpp>
#include <bellman/reflect/text_of.hpp>

#include <cstdio>

namespace b = bellman;

constexpr taxi::town env;
static_assert(env.states().size() == 500 + 4);  // a ride ends at one of four stands
static_assert(env.states().index_of({false, 3, 1, 2, 0}) == ((3 * 5 + 1) * 5 + 2) * 4 + 0);  // as Gymnasium counts

int main() {
  auto const [value, policy] = b::solve(env, 1);
  for (taxi::ride s{false, 3, 1, 2, 0}; !env.terminal(s);) {
    auto const a = policy.action(s);
    std::printf("%s: V = %g, %s\n", b::reflect::text_of(s).c_str(), value(s), b::reflect::text_of(a).c_str());
    s = env.transition(s, a).value().next;
  }
  double const mean = b::expectation(env.start(), value);
  std::printf("A ride pays %g on average.\n", mean);
  return mean - 7.93 < 1e-9 && 7.93 - mean < 1e-9 ? 0 : 1;
}
