// SPDX-License-Identifier: BSL-1.0
// rule: transition_weights_must_sum_to_one

#include <bellman/bellman.hpp>

struct corridor {
  using state_type = int;
  using action_type = int;
  using reward_type = double;

  constexpr auto states() const { return std::views::iota(0, 3); }
  constexpr auto actions(int) const { return std::views::single(1); }
  constexpr bool terminal(int s) const { return s == 2; }
  constexpr auto transition(int s, int a) const {
#ifdef CONTROL
    double const p = 1.0;
#else
    double const p = 0.9;
#endif
    return std::array{bellman::weighted{bellman::outcome{1.0, s + a}, p}};
  }
};

constexpr double value = bellman::solve(corridor{}, 0.5).value(0);
