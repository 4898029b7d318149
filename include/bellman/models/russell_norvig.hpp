// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/decision/outcome.hpp>
#include <bellman/models/internal/known_values.hpp>
#include <bellman/probability/categorical.hpp>
#include <bellman/probability/dirac.hpp>
#include <bellman/probability/distribution.hpp>
#include <bellman/probability/internal/weights.hpp>

#include <array>
#include <ranges>

namespace bellman::models {

/// `russell_norvig<F>`: the 4 x 3 world of Russell and Norvig. A move goes where it should with probability 8/10, and
/// to either side of that with 1/10; against the edge or the wall it stays. It costs 1/25; the one to the good end pays
/// 1 besides, the one to the bad end -1.
///
/// A state is the number of a square, row by row from above, without the wall; the actions are 0 up, 1 right, 2 down,
/// 3 left:
///
///     0 1 2 3     3: the good end, (4, 3) in the book
///     4 # 5 6     6: the bad end, (4, 2)
///     7 8 9 10    7: the start, (1, 1)
///
/// *Arguments*: F: the numbers, of any field.
/// *Cost*: `transition` reads a table.
/// *Laws*: `solve` finds the known values: tests/models.
/// *Source*: Russell and Norvig, Artificial Intelligence: A Modern Approach, 3rd edition, section 17.1. In the 4th
/// edition the last move costs nothing: its values are higher by 1/25.
/// *Use*:
///     bellman::models::russell_norvig<>{}.optimal_value_at_discount_1(7) == 4119 / 5840.0
template <class F = double>
struct russell_norvig {
  using state_type = int;
  using action_type = int;
  using reward_type = F;

  static constexpr int up = 0, right = 1, down = 2, left = 3;
  static constexpr int good_end = 3, bad_end = 6;

  constexpr auto states() const { return std::views::iota(0, 11); }
  constexpr auto actions(int) const { return std::views::iota(0, 4); }
  constexpr bool terminal(int s) const { return s == good_end || s == bad_end; }
  constexpr auto start() const { return dirac{7}; }

  constexpr auto transition(int s, int a) const {
    return categorical(
        bellman::internal::weights_checked{},
        std::array{moving(s, a, internal::constant<F, 4, 5>()), moving(s, (a + 1) % 4, internal::constant<F, 1, 10>()),
                   moving(s, (a + 3) % 4, internal::constant<F, 1, 10>())});
  }

  /// Of the start 4119/5840. The book prints 0.812, 0.868, 0.918; 0.762, 0.660; 0.705, 0.655, 0.611, 0.388.
  static constexpr F optimal_value_at_discount_1(int s) { return internal::as<F>(at_1[s]); }

 private:
  static constexpr int next[11][4]{{0, 1, 4, 0}, {1, 2, 1, 0}, {2, 3, 5, 1}, {3, 3, 3, 3},  {0, 4, 7, 4},  {2, 6, 9, 5},
                                   {6, 6, 6, 6}, {4, 8, 7, 7}, {8, 9, 8, 7}, {5, 10, 9, 8}, {6, 10, 10, 9}};
  // By policy iteration over the rationals, by another program.
  static constexpr internal::fraction at_1[11]{{9479, 11680}, {1267, 1460}, {67, 73},    {0, 1},
                                               {1779, 2336},  {241, 365},   {0, 1},      {4119, 5840},
                                               {3827, 5840},  {1339, 2190}, {3823, 9855}};

  static constexpr weighted<outcome<F, int>, F> moving(int s, int direction, F const& probability) {
    int const to = next[s][direction];
    if (to == good_end) return {{internal::constant<F, 24, 25>(), to}, probability};
    if (to == bad_end) return {{internal::constant<F, -26, 25>(), to}, probability};
    return {{internal::constant<F, -1, 25>(), to}, probability};
  }
};

}  // namespace bellman::models
