// SPDX-License-Identifier: BSL-1.0
// rule: the_policy_must_end

#include <bellman/decision/outcome.hpp>
#include <bellman/planning/evaluate_at_compile_time.hpp>
#include <bellman/probability/dirac.hpp>

#include <array>
#include <ranges>

// To stay costs 1, to leave ends.
struct room_with_a_door {
  using state_type = int;
  using action_type = bool;
  using reward_type = double;
  constexpr auto states() const { return std::views::iota(0, 2); }
  constexpr auto actions(int) const { return std::array{false, true}; }
  constexpr bool terminal(int s) const { return s == 1; }
  constexpr auto transition(int, bool leaves) const {
    return bellman::dirac{bellman::outcome{leaves ? 0.0 : -1.0, leaves ? 1 : 0}};
  }
};

#ifdef CONTROL
constexpr auto v = bellman::evaluate_at_compile_time<room_with_a_door{}, [](int) { return true; }, 1.0>();
#else
constexpr auto v = bellman::evaluate_at_compile_time<room_with_a_door{}, [](int) { return false; }, 1.0>();
#endif
static_assert(v(0) == 0);
