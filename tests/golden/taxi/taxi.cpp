// SPDX-License-Identifier: BSL-1.0

// The taxi of examples/start against Gymnasium's own: each transition, where rides begin, and the values with a
// discount of 0.99 that others found for it, against those that are found at run time and by the compiler. The first
// argument is the file.
#include <bellman/bellman.hpp>
#include <bellman/planning/solve_at_compile_time.hpp>
#include <bellman/reflect/text_of.hpp>

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdio>
#include <fstream>
#include <string>
#include <vector>

#include "start/taxi.hpp"

namespace {

int failures = 0;

void expect(bool holds, std::string const& what) {
  if (holds) return;
  ++failures;
  std::printf("%s\n", what.c_str());
}

}  // namespace

int main(int count, char** arguments) {
  if (count != 2) return 2;
  auto const file = nlohmann::json::parse(std::ifstream(arguments[1]));
  constexpr taxi::town env;
  constexpr auto states = env.states();
  std::size_t const n = file["states"];
  expect(states.size() == n + 4, "there must be as many states as in the file, and 4 in which a ride ends");

  std::size_t compared = 0;
  for (auto const& row : file["transitions"]) {
    auto const s = states[row[0].get<std::size_t>()];
    auto const a = env.actions(s)[row[1].get<std::size_t>()];
    auto const outcome = env.transition(s, a).value();
    auto after = outcome.next;
    bool const done = after.delivered;
    after.delivered = false;  // in the file a ride ends in the state of the number that it has without this
    expect(!s.delivered && states.index_of(after) == row[3].get<std::size_t>() && done == row[5].get<bool>() &&
               outcome.reward == row[4].get<double>(),
           bellman::reflect::text_of(s) + ", " + bellman::reflect::text_of(a) + ": another outcome");
    ++compared;
  }
  expect(compared == 6 * n, "each state must have six transitions");

  std::size_t starts = 0;
  for (auto const& e : env.start()) {
    double const p = file["initial_distribution"][states.index_of(e.value)];
    expect(std::abs(p - 1.0 / 300) < 1e-15, bellman::reflect::text_of(e.value) + ": no start of a ride");
    ++starts;
  }
  expect(starts == 300, "a ride must begin in one of 300 states");

  auto const& of_others = file["expected"][0];
  expect(of_others["gamma"].get<double>() == 0.99, "the discount must be the one that the compiler solves for");
  constexpr auto compiled = bellman::solve_at_compile_time<env, 0.99, 1e-12>();
  auto const value = bellman::solve(env, 0.99).value;
  for (std::size_t i = 0; i < n; ++i) {
    double const v = of_others["V_opt_float64"][i];
    auto const s = states[i];
    expect(value.lower(s) - 1e-9 <= v && v <= value.upper(s) + 1e-9 && std::abs(value(s) - v) < 1e-6,
           bellman::reflect::text_of(s) + ": another value");
    // Theirs are a rounding or two from the exact ones, as is a discount of 0.99.
    expect(compiled.value.lower(s) - 1e-13 <= v && v <= compiled.value.upper(s) + 1e-13,
           bellman::reflect::text_of(s) + ": another value by the compiler");
    auto const best = of_others["optimal_action_sets_exact"][i].get<std::vector<int>>();
    std::vector<int> found;
    for (auto const a : compiled.policy.optimal_actions(s)) found.push_back(static_cast<int>(a));
    expect(found == best && std::count(best.begin(), best.end(), static_cast<int>(compiled.policy.action(s))) == 1,
           bellman::reflect::text_of(s) + ": other best actions by the compiler");
  }
  expect(compiled.value.error_bound() < 1e-10, "the compiler's values must be exact but for rounding");
  std::printf("%zu transitions, %zu starts and %zu values of Gymnasium's taxi compared\n", compared, starts, n);
  return failures == 0 ? 0 : 1;
}
