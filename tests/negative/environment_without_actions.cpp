// SPDX-License-Identifier: BSL-1.0
// refused: the_environment_has_no_actions_of_a_state

#include <bellman/bellman.hpp>

struct corridor {
  using state_type = int;
  using action_type = int;
  using reward_type = double;

  constexpr auto states() const { return std::views::iota(0, 3); }
#ifdef CONTROL
  constexpr auto actions(int) const { return std::views::single(1); }
#endif
  constexpr bool terminal(int s) const { return s == 2; }
  constexpr auto transition(int s, int a) const { return bellman::dirac{bellman::outcome{1.0, s + a}}; }
};

constexpr auto onwards = [](int) { return 1; };
constexpr auto value = [] { return bellman::state_value(corridor{}, onwards, 0.5)(0); }();
