// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/decision/outcome.hpp>
#include <bellman/probability/categorical.hpp>
#include <bellman/probability/dirac.hpp>
#include <bellman/probability/distribution.hpp>

#include <array>
#include <cstddef>
#include <ranges>
#include <string_view>

namespace models {

/// Gymnasium's FrozenLake with slippery ice: a step goes where it should or to one of the two sides, each with
/// probability 1/3. The goal G pays 1; G and the holes H end the episode. A state is row * columns + column.
template <class R>
struct frozen_lake {
  using state_type = int;
  using action_type = int;  // 0 left, 1 down, 2 right, 3 up
  using reward_type = R;

  std::string_view map;
  int columns;

  constexpr int size() const { return static_cast<int>(map.size()); }
  constexpr char at(int s) const { return map[static_cast<std::size_t>(s)]; }
  constexpr auto states() const { return std::views::iota(0, size()); }
  constexpr auto actions(int) const { return std::views::iota(0, 4); }
  constexpr bool terminal(int s) const { return at(s) == 'G' || at(s) == 'H'; }
  constexpr auto start() const { return bellman::dirac{0}; }

  constexpr auto transition(int s, int a) const {
    auto go = [&](int direction) {
      int const row = s / columns;
      int const column = s % columns;
      int const rows = size() / columns;
      int next = s;
      if (direction == 0 && column > 0) next = s - 1;
      if (direction == 1 && row < rows - 1) next = s + columns;
      if (direction == 2 && column < columns - 1) next = s + 1;
      if (direction == 3 && row > 0) next = s - columns;
      return bellman::weighted{bellman::outcome{at(next) == 'G' ? R(1) : R(0), next}, R(1) / R(3)};
    };
    return bellman::categorical{std::array{go((a + 3) % 4), go(a), go((a + 1) % 4)}};
  }
};

inline constexpr std::string_view lake_4x4 = "SFFFFHFHFFFHHFFG";
inline constexpr std::string_view lake_8x8 =
    "SFFFFFFFFFFFFFFFFFFHFFFFFFFFFHFFFFFHFFFFFHHFFFHFFHFFHFHFFFFHFFFG";

}  // namespace models
