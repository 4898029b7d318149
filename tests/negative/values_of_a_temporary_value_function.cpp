// SPDX-License-Identifier: BSL-1.0
// expect: deleted

#include <bellman/decision/outcome.hpp>
#include <bellman/planning/state_value.hpp>
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

constexpr auto on = [](int) { return 0; };

int main() {
#ifdef CONTROL
  auto const v = bellman::state_value(step{}, on, 0.5);
  auto const values = v.values();
#else
  auto const values = bellman::state_value(step{}, on, 0.5).values();
#endif
  return values[0] == 2 ? 0 : 1;
}
