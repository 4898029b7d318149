// SPDX-License-Identifier: BSL-1.0

// Names that a program may well have. g++ 12 warns of a local that hides one of the program's own where it is the local
// of a lambda in a template.
#include <bellman/decision/outcome.hpp>
#include <bellman/planning/solve_at_compile_time.hpp>
#include <bellman/probability/dirac.hpp>

#include <array>

constexpr int s = 0, i = 0, it = 0, next = 0, all = 0, listed = 0;

struct square {
  int number;
  friend constexpr bool operator==(square const&, square const&) = default;
};
struct corridor {
  using state_type = square;
  using action_type = int;
  using reward_type = double;
  constexpr auto states() const { return std::array{square{s}, square{1 + i}, square{2 + it}}; }
  constexpr auto actions(square) const { return std::array{1 + next}; }
  constexpr bool terminal(square now) const { return now.number == 2 + all; }
  constexpr auto transition(square now, int a) const {
    return bellman::dirac{bellman::outcome{1.0, square{now.number + a + listed}}};
  }
};
static_assert(bellman::solve_at_compile_time<corridor{}, 0.5>().value(square{0}) == 1.5);
