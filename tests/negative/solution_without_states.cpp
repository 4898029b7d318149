// SPDX-License-Identifier: BSL-1.0
// refused: the_environment_lists_no_states_and_has_no_start_so_say_where_to_begin

#include <bellman/bellman.hpp>

struct corridor {
  using state_type = int;
  using action_type = int;
  using reward_type = double;

#ifdef CONTROL
  constexpr auto start() const { return bellman::dirac{0}; }
#endif
  constexpr auto actions(int) const { return std::views::single(1); }
  constexpr bool terminal(int s) const { return s == 2; }
  constexpr auto transition(int s, int a) const { return bellman::dirac{bellman::outcome{1.0, s + a}}; }
};

constexpr auto value = [] { return bellman::solve(corridor{}, 0.5).value(0); }();
