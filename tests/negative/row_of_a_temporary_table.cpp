// SPDX-License-Identifier: BSL-1.0
// expect: deleted

#include <bellman/decision/outcome.hpp>
#include <bellman/planning/tabulate.hpp>
#include <bellman/probability/dirac.hpp>

#include <array>

struct step {
  using state_type = int;
  using action_type = int;
  using reward_type = double;
  constexpr auto states() const { return std::array{0, 1}; }
  constexpr auto actions(int) const { return std::array{0}; }
  constexpr bool terminal(int s) const { return s == 1; }
  constexpr auto transition(int, int) const { return bellman::dirac{bellman::outcome{2.0, 1}}; }
};

int main() {
#ifdef CONTROL
  auto const table = bellman::tabulate(step{});
  auto const row = table.transition(0, 0);
#else
  auto const row = bellman::tabulate(step{}).transition(0, 0);
#endif
  return bellman::expectation(row, [](auto const& o) { return o.reward; }) == 2 ? 0 : 1;
}
