// SPDX-License-Identifier: BSL-1.0
// rule: transition_weights_must_sum_to_one

#include <bellman/decision/outcome.hpp>
#include <bellman/planning/solve_at_compile_time.hpp>
#include <bellman/probability/distribution.hpp>

#include <array>
#include <ranges>

#ifdef CONTROL
inline constexpr double rest = 0.75;
#else
inline constexpr double rest = 0.5;
#endif

struct coin {
  using state_type = int;
  using action_type = int;
  using reward_type = double;
  constexpr auto states() const { return std::views::iota(0, 2); }
  constexpr auto actions(int) const { return std::array{0}; }
  constexpr bool terminal(int s) const { return s == 1; }
  constexpr auto transition(int, int) const {
    return std::array{bellman::weighted{bellman::outcome{1.0, 0}, 0.25},
                      bellman::weighted{bellman::outcome{1.0, 1}, rest}};
  }
};

constexpr auto solution = bellman::solve_at_compile_time<coin{}, 0.5>();
static_assert(solution.value.lower(0) <= 8.0 / 7);
