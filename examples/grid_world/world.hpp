// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/decision/outcome.hpp>
#include <bellman/probability/distribution.hpp>

#include <array>
#include <cstddef>
#include <string>

// The world of Russell and Norvig's chapter on decisions: four columns, three rows, a wall, and two squares where it
// ends, well or badly. A move goes where it should with 8/10, and to either side of that with 1/10.
namespace grid_world {

struct square {
  int column, row;  ///< from 1, the row from below, as in the book

  friend constexpr bool operator==(square const&, square const&) = default;
  friend constexpr auto operator<=>(square const&, square const&) = default;

  /// `(1, 3)`, for messages of the library too.
  std::string str() const { return "(" + std::to_string(column) + ", " + std::to_string(row) + ")"; }
};

inline constexpr int columns = 4;
inline constexpr int rows = 3;
inline constexpr square start{1, 1}, wall{2, 2}, good_end{4, 3}, bad_end{4, 2};

constexpr bool is_end(square s) { return s == good_end || s == bad_end; }

/// In the order in which they turn to the right.
enum class move { up, right, down, left };
inline constexpr std::array moves{move::up, move::right, move::down, move::left};

constexpr move turned(move m, int quarters_right) {
  return static_cast<move>((static_cast<int>(m) + quarters_right) % 4);
}

/// The next square that way; the same one where the wall or the edge is in the way.
constexpr square next_to(square s, move m) {
  square to = s;
  if (m == move::up) ++to.row;
  if (m == move::right) ++to.column;
  if (m == move::down) --to.row;
  if (m == move::left) --to.column;
  bool const outside = to.column < 1 || to.column > columns || to.row < 1 || to.row > rows;
  return outside || to == wall ? s : to;
}

/// The environment, with probabilities `F`, such as fractions, and rewards `N`: the same, or a `dual` of them that
/// carries the derivative by the step reward.
template <class F, class N = F>
struct world {
  using state_type = square;
  using action_type = move;
  using reward_type = N;

  N step_reward;  ///< of every move; the one to an end brings 1 or -1 more

  constexpr auto states() const {
    std::array<square, columns * rows - 1> all{};
    std::size_t n = 0;
    for (int row = 1; row <= rows; ++row) {
      for (int column = 1; column <= columns; ++column) {
        if (square const s{column, row}; s != wall) all[n++] = s;
      }
    }
    return all;
  }
  constexpr auto actions(square) const { return moves; }
  constexpr bool terminal(square s) const { return is_end(s); }
  constexpr auto transition(square s, move m) const {
    auto const going = [&](int quarters_right, F const& probability) {
      square const to = next_to(s, turned(m, quarters_right));
      N const prize(to == good_end ? 1 : to == bad_end ? -1 : 0);
      return bellman::weighted{bellman::outcome{N(step_reward + prize), to}, probability};
    };
    return std::array{going(0, F(8) / F(10)), going(1, F(1) / F(10)), going(3, F(1) / F(10))};
  }
};

}  // namespace grid_world
