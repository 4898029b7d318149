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
  auto const rewards = table.rewards();
#else
  auto const rewards = bellman::tabulate(step{}).rewards();
#endif
  return rewards[0] == 2 ? 0 : 1;
}
