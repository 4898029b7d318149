// SPDX-License-Identifier: BSL-1.0
// refused: the_environment_has_no_terminal_of_a_state_that_returns_bool

#include <bellman/bellman.hpp>

struct corridor {
  using state_type = int;
  using action_type = int;
  using reward_type = double;

  constexpr auto actions(int) const { return std::views::single(1); }
#ifdef CONTROL
  constexpr bool terminal(int s) const { return s == 2; }
#endif
  constexpr auto transition(int s, int a) const { return bellman::dirac{bellman::outcome{1.0, s + a}}; }
};

constexpr auto zero = [](int) { return 0.0; };
constexpr auto value = bellman::bellman_optimality(corridor{}, 0.5)(zero)(0);
