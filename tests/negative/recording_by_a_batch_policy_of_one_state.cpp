// SPDX-License-Identifier: BSL-1.0
// refused: a_batch_policy_takes_a_span_of_states

#include <bellman/bellman.hpp>
#include <bellman/experience/vectorised_environment.hpp>

#include <array>
#include <random>
#include <span>
#include <vector>

struct line {
  using state_type = int;
  using action_type = int;
  using reward_type = double;

  auto start() const { return bellman::dirac{0}; }
  auto actions(int) const { return std::array{1}; }
  bool terminal(int s) const { return s == 3; }
  auto transition(int s, int a) const { return bellman::dirac{bellman::outcome{1.0, s + a}}; }
};

#ifdef CONTROL
std::vector<int> policy(std::span<int const> states) { return std::vector<int>(states.size(), 1); }
#else
int policy(int) { return 1; }
#endif

auto record(bellman::vectorised_environment<line, bellman::same_step_autoreset>& together, std::mt19937& urbg) {
  return together.record(8, bellman::batch_policy{&policy}, urbg);
}
