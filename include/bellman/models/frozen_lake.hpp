// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/decision/outcome.hpp>
#include <bellman/models/internal/known_values.hpp>
#include <bellman/probability/categorical.hpp>
#include <bellman/probability/dirac.hpp>
#include <bellman/probability/distribution.hpp>
#include <bellman/probability/internal/weights.hpp>
#include <bellman/scalar/field.hpp>

#include <array>
#include <cstddef>
#include <ranges>
#include <type_traits>

namespace bellman::models {

/// `lake_map<Rows, Columns>{letters}`: a lake, row by row: `S` the start, `F` ice, `H` a hole, `G` the goal.
///
/// *Use*:
///     bellman::models::lake_map<2, 2>{"SFHG"}.letters[3] == 'G'
template <int Rows, int Columns>
struct lake_map {
  static constexpr int rows = Rows;
  static constexpr int columns = Columns;
  static constexpr std::size_t cells = static_cast<std::size_t>(Rows * Columns);

  char letters[cells + 1];

  constexpr bool operator==(lake_map const&) const = default;
};

/// `lake_4x4`, `lake_8x8`: the two maps of Gymnasium.
///
/// *Source*: Gymnasium, `toy_text/frozen_lake.py`.
inline constexpr lake_map<4, 4> lake_4x4{
    "SFFF"
    "FHFH"
    "FFFH"
    "HFFG"};
/// The larger one.
inline constexpr lake_map<8, 8> lake_8x8{
    "SFFFFFFF"
    "FFFFFFFF"
    "FFFHFFFF"
    "FFFFFHFF"
    "FFFHFFFF"
    "FHHFFFHF"
    "FHFFHFHF"
    "FFFHFFFG"};

/// On slippery ice a step goes where it should or to one of the two sides, each with probability 1/3.
enum class ice { slippery, firm };

namespace detail {

// What a map says, worked out once: where each action leads from each cell, and how far it is to the goal.
template <int Rows, int Columns>
struct lake {
  static constexpr std::size_t cells = static_cast<std::size_t>(Rows * Columns);

  int start;
  int next[cells][4];
  int steps_to_goal[cells];  // 0 in the goal and where no way leads to it

  constexpr explicit lake(lake_map<Rows, Columns> const& map) : start{-1}, next{}, steps_to_goal{} {
    int reached[cells]{};
    int n = 0;
    for (int s = 0; s < Rows * Columns; ++s) {
      if (map.letters[s] == 'S') start = s;
      if (map.letters[s] == 'G') reached[n++] = s;
      next[s][0] = s % Columns > 0 ? s - 1 : s;
      next[s][1] = s / Columns < Rows - 1 ? s + Columns : s;
      next[s][2] = s % Columns < Columns - 1 ? s + 1 : s;
      next[s][3] = s / Columns > 0 ? s - Columns : s;
    }
    // Steps back from the goal: to where they lead, the opposite steps lead from.
    for (int i = 0; i < n; ++i) {
      for (int const s : next[reached[i]]) {
        if ((map.letters[s] != 'S' && map.letters[s] != 'F') || steps_to_goal[s] != 0) continue;
        steps_to_goal[s] = steps_to_goal[reached[i]] + 1;
        reached[n++] = s;
      }
    }
  }
};

template <class Map, class Other>
constexpr bool is_map(Map const& map, Other const& other) {
  if constexpr (std::is_same_v<Map, Other>) {
    return map == other;
  } else {
    return false;
  }
}

template <int Rows, int Columns>
constexpr bool has_one_start_and_known_letters(lake_map<Rows, Columns> const& map) {
  int starts = 0;
  for (int s = 0; s < Rows * Columns; ++s) {
    char const c = map.letters[s];
    if (c != 'S' && c != 'F' && c != 'H' && c != 'G') return false;
    if (c == 'S') ++starts;
  }
  return starts == 1;
}

// What is known of Gymnasium's maps with slippery ice. Fractions: policy iteration over the rationals by another
// program; numbers: Gymnasium's model, by policy iteration with SuperLU.
// clang-format off
inline constexpr internal::fraction values_of_4x4_at_9_10[16]{
    {4348890, 63127201}, {3876930, 63127201}, {4697280, 63127201}, {3522960, 63127201}, {5798520, 63127201}, {0, 1},
    {7083390, 63127201}, {0, 1}, {9180990, 63127201}, {15623790, 63127201}, {18914020, 63127201}, {0, 1}, {0, 1},
    {23984290, 63127201}, {121018660, 189381603}, {0, 1}};
inline constexpr internal::fraction values_of_4x4_at_1[16]{
    {14, 17}, {14, 17}, {14, 17}, {14, 17}, {14, 17}, {0, 1}, {9, 17}, {0, 1}, {14, 17}, {14, 17}, {13, 17}, {0, 1},
    {0, 1}, {15, 17}, {16, 17}, {0, 1}};
inline constexpr internal::fraction values_of_8x8_at_1[64]{
    {1, 1}, {1, 1}, {1, 1}, {1, 1}, {1, 1}, {1, 1}, {1, 1}, {1, 1}, {1, 1}, {1, 1}, {1, 1}, {1, 1}, {1, 1}, {1, 1},
    {1, 1}, {1, 1}, {1, 1}, {359, 367}, {340, 367}, {0, 1}, {26973377, 31488233}, {29795162, 31488233},
    {30923876, 31488233}, {1, 1}, {1, 1}, {343, 367}, {294, 367}, {6408806, 13494957}, {2805248, 4498319}, {0, 1},
    {803148173, 850182291}, {1, 1}, {1, 1}, {303, 367}, {199, 367}, {0, 1}, {50948851, 94464699},
    {10604536, 17350659}, {241439192, 283394097}, {1, 1}, {1, 1}, {0, 1}, {0, 1}, {15873923, 94464699},
    {325804841, 850182291}, {17905217, 40484871}, {0, 1}, {1, 1}, {1, 1}, {0, 1}, {55169311, 283394097},
    {14684440, 121454613}, {0, 1}, {31400174, 94464699}, {0, 1}, {1, 1}, {1, 1}, {621957505, 850182291},
    {393732719, 850182291}, {0, 1}, {157265047, 566788194}, {157265047, 283394097}, {220329572, 283394097}, {0, 1}};
inline constexpr double values_of_8x8_at_99_100[64]{
    0.41464036179998764, 0.42720522124847204, 0.44614822456773073, 0.46832037098113066, 0.4924437135478298,
    0.5165698294837167, 0.5352615149252367, 0.5409752174033169, 0.4116864231688374, 0.42120783069431855,
    0.4374957213230499, 0.458388554807799, 0.4832401343861195, 0.513531775238673, 0.5457678583539818,
    0.5573684058094779, 0.3967520882802671, 0.3938405439456443, 0.37549627480009395, 0, 0.4216779893474512,
    0.493819206824947, 0.5612120742773514, 0.5858589049561702, 0.3692722790312583, 0.3529825388438027,
    0.3065312341255299, 0.2004037140092242, 0.30075274772060395, 0, 0.5690158860151553, 0.6282590357851761,
    0.3326639498051936, 0.29137537049763096, 0.19730917952564306, 0, 0.28929025943303366, 0.36195180574008545,
    0.5348194536197612, 0.6896973192137329, 0.3061363463308014, 0, 0, 0.08627639482066049, 0.21393259633638223,
    0.27271394070503985, 0, 0.7720355214063421, 0.2888856018361305, 0, 0.05769640618626655, 0.04751102433228592, 0,
    0.25052147884789555, 0, 0.8777687393991437, 0.280388966488009, 0.20081511507112712, 0.12732657017155213, 0,
    0.23959086330631701, 0.48644205580373456, 0.7371033011172623, 0};
// clang-format on

}  // namespace detail

/// `frozen_lake<F, Map, Ice>`: Gymnasium's FrozenLake: one walks over the ice of a lake. Reaching the goal pays 1; the
/// goal and the holes end the episode; a step against the edge stays.
///
/// A state is the number of a cell, row by row; the actions are 0 left, 1 down, 2 right, 3 up. The map is one of one's
/// own, too: `frozen_lake<double, lake_map<2, 2>{"SFHG"}>`, with one start; it does not compile with other letters.
///
/// *Arguments*: F: the numbers, of any field; Map: `lake_4x4`, `lake_8x8` or another `lake_map`; Ice: `ice::slippery`,
/// or `ice::firm`, where `transition` is a `dirac`.
/// *Cost*: `transition` reads a table.
/// *Laws*: `solve` finds the known values: tests/models.
/// *Source*: Gymnasium, `toy_text/frozen_lake.py`, FrozenLake-v1.
/// *Use*:
///     bellman::models::frozen_lake<>{}.optimal_value_at_discount_1(0) == 14 / 17.0
template <class F = double, lake_map Map = lake_4x4, ice Ice = ice::slippery>
class frozen_lake {
  static_assert(detail::has_one_start_and_known_letters(Map), "a lake has one S, and else the letters F, H and G");

  static constexpr bool is_firm = Ice == ice::firm;
  static constexpr bool is_slippery_4x4 = !is_firm && detail::is_map(Map, lake_4x4);
  static constexpr bool is_slippery_8x8 = !is_firm && detail::is_map(Map, lake_8x8);

 public:
  using state_type = int;
  using action_type = int;
  using reward_type = F;

  static constexpr int left = 0, down = 1, right = 2, up = 3;

  constexpr auto states() const { return std::views::iota(0, Map.rows * Map.columns); }
  constexpr auto actions(int) const { return std::views::iota(0, 4); }
  constexpr bool terminal(int s) const { return Map.letters[s] == 'G' || Map.letters[s] == 'H'; }
  constexpr auto start() const { return dirac{lake.start}; }

  constexpr auto transition(int s, int a) const {
    if constexpr (is_firm) {
      int const next = lake.next[s][a];
      return dirac{outcome{F(Map.letters[next] == 'G' ? 1 : 0), next}};
    } else {
      return categorical(bellman::internal::weights_checked{},
                         std::array{gliding(s, (a + 3) % 4), gliding(s, a), gliding(s, (a + 1) % 4)});
    }
  }

  /// On firm ice: how many steps it is to the goal; 0 in the goal, in a hole, and where no way leads to it.
  static constexpr int steps_to_goal(int s) requires is_firm { return lake.steps_to_goal[s]; }

  /// On firm ice `gamma^(n - 1)`, n steps from the goal; 0 where no way leads to it.
  static constexpr F optimal_value(int s, F const& gamma) requires is_firm {
    if (lake.steps_to_goal[s] == 0) return F(0);
    return internal::value_of_way(lake.steps_to_goal[s], 0, 1, gamma);
  }

  /// On slippery ice, a fraction: of the 4x4 map 4348890/63127201 from the start.
  static constexpr F optimal_value_at_discount_9_10(int s) requires is_slippery_4x4 {
    return internal::as<F>(detail::values_of_4x4_at_9_10[s]);
  }
  /// On slippery ice, a fraction, the probability of reaching the goal: 14/17 from the start of the 4x4 map, 1 from
  /// that of the 8x8 map.
  static constexpr F optimal_value_at_discount_1(int s) requires(is_slippery_4x4 || is_slippery_8x8) {
    if constexpr (is_slippery_4x4) {
      return internal::as<F>(detail::values_of_4x4_at_1[s]);
    } else {
      return internal::as<F>(detail::values_of_8x8_at_1[s]);
    }
  }
  /// On slippery ice, of the 8x8 map: to within 1e-14; the fractions have 86 digits.
  static constexpr F optimal_value_at_discount_99_100(int s) requires(is_slippery_8x8 && !is_exact_v<F>) {
    return F(detail::values_of_8x8_at_99_100[s]);
  }

 private:
  static constexpr detail::lake lake{Map};

  // The probability and the outcome of going in one direction.
  static constexpr auto gliding(int s, int direction) {
    int const next = lake.next[s][direction];
    return weighted{outcome{F(Map.letters[next] == 'G' ? 1 : 0), next}, internal::constant<F, 1, 3>()};
  }
};

}  // namespace bellman::models
