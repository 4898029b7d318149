// SPDX-License-Identifier: BSL-1.0
// refused: the_environment_has_neither_a_distribution_of_states_to_start_in_nor_a_start_of_a_generator

#include <bellman/bellman.hpp>
#include <bellman/experience/vectorised_environment.hpp>

#include <array>
#include <random>

struct line {
  using state_type = int;
  using action_type = int;
  using reward_type = double;

#ifdef CONTROL
  auto start() const { return bellman::dirac{0}; }
#endif
  auto actions(int) const { return std::array{1}; }
  bool terminal(int s) const { return s == 3; }
  auto transition(int s, int a) const { return bellman::dirac{bellman::outcome{1.0, s + a}}; }
};

auto together(std::mt19937& urbg) { return bellman::vectorised(line{}, 8, bellman::next_step_autoreset{}, urbg); }
