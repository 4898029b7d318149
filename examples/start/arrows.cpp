// SPDX-License-Identifier: BSL-1.0
// A grid world that the compiler solves, and its policy in arrows.

// clang-format off
// [block]
#include <bellman/bellman.hpp>
#include <array>
#include <ranges>

namespace b = bellman;

constexpr char const map[] = "######"
                             "#...G#"
                             "#.#.X#"
                             "#....#"
                             "######";
enum class move { up = -6, down = 6, left = -1, right = 1 };

struct grid {  // a move costs 1 and fails one time in five; G is worth 10, X costs 10, and both are an end
  using state_type = int;
  using action_type = move;
  using reward_type = double;
  constexpr auto states() const { return std::views::iota(0, 30); }
  constexpr auto actions(int) const { return std::array{move::up, move::down, move::left, move::right}; }
  constexpr bool terminal(int s) const { return map[s] != '.'; }
  constexpr auto transition(int s, move a) const {
    int const next = map[s + int(a)] == '#' ? s : s + int(a);
    double const reward = map[next] == 'G' ? 9 : map[next] == 'X' ? -11 : -1;
    return std::array{b::weighted{b::outcome{-1.0, s}, 0.2}, b::weighted{b::outcome{reward, next}, 0.8}};
  }
};

constexpr auto solution = b::solve_at_compile_time<grid{}, 1>();
static_assert(solution.policy(22) == move::left);                                     // from below X round it
static_assert(solution.value.lower(19) <= 3.75 && solution.value.upper(19) >= 3.75);  // 10 less 5 moves of 5/4 tries
// [block]
// clang-format on

#include <cstddef>
#include <cstdint>
#include <cstdio>

int main() {
  auto const& policy = solution.policy_table<std::uint8_t>();  // 30 bytes
  for (std::size_t s = 0; s < policy.size(); ++s) {
    std::printf("%c%s", map[s] == '.' ? "^v<>"[policy[s]] : map[s], s % 6 == 5 ? "\n" : " ");
  }
  // A move that fails is made again: a cell is worth 10 less 5/4 of how many moves it is away.
  constexpr int moves[] = {0, 0, 0, 0, 0, 0, 0, 3, 2, 1, 0, 0, 0, 4, 0, 2, 0, 0, 0, 5, 4, 3, 4, 0, 0, 0, 0, 0, 0, 0};
  for (int const s : grid{}.states()) {
    double const v = 10 - 1.25 * moves[s];
    if (map[s] == '.' && !(solution.value.lower(s) <= v && v <= solution.value.upper(s))) return 1;
  }
  return 0;
}
