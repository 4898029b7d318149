// SPDX-License-Identifier: BSL-1.0
// rule: a_state_must_have_an_action

#include <bellman/bellman.hpp>

struct corridor {
  using state_type = int;
  using action_type = int;
  using reward_type = double;

  constexpr auto states() const { return std::views::iota(0, 3); }
  constexpr auto actions(int s) const { return std::views::iota(0, 2 - s); }
#ifdef CONTROL
  constexpr bool terminal(int s) const { return s == 2; }
#else
  constexpr bool terminal(int) const { return false; }
#endif
  constexpr auto transition(int s, int) const { return bellman::dirac{bellman::outcome{1.0, s + 1}}; }
};

constexpr double value = bellman::solve(corridor{}, 0.5).value(0);
