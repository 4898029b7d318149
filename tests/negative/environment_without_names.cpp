// SPDX-License-Identifier: BSL-1.0
// refused: the_environment_names_no_state_type_action_type_and_reward_type

#include <bellman/bellman.hpp>

struct corridor {
  using state_type = int;
  using action_type = int;
#ifdef CONTROL
  using reward_type = double;
#endif

  constexpr auto actions(int) const { return std::views::single(1); }
  constexpr bool terminal(int s) const { return s == 2; }
  constexpr auto transition(int s, int a) const { return bellman::dirac{bellman::outcome{1.0, s + a}}; }
};

constexpr auto zero = [](int) { return 0.0; };
constexpr auto value = bellman::action_value(corridor{}, 0.5, zero)(0, 1);
