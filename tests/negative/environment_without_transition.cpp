// SPDX-License-Identifier: BSL-1.0
// refused: the_environment_has_no_transition_of_a_state_and_an_action

#include <bellman/bellman.hpp>

struct corridor {
  using state_type = int;
  using action_type = int;
  using reward_type = double;

  constexpr auto states() const { return std::views::iota(0, 3); }
  constexpr auto actions(int) const { return std::views::single(1); }
  constexpr bool terminal(int s) const { return s == 2; }
#ifdef CONTROL
  constexpr auto transition(int s, int a) const { return bellman::dirac{bellman::outcome{1.0, s + a}}; }
#endif
};

constexpr auto value = [] { return bellman::solve(corridor{}, 0.5).value(0); }();
