// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/decision/outcome.hpp>
#include <bellman/models/internal/known_values.hpp>
#include <bellman/probability/dirac.hpp>
#include <bellman/probability/uniform.hpp>

#include <array>
#include <cstddef>
#include <ranges>

namespace bellman::models {

/// `taxi<F>`: a taxi in a town of 5 x 5 cells fetches a passenger at one of four places and brings him to another. A
/// step costs 1, picking up or dropping off where that cannot be costs 10, and dropping off at the destination pays 20
/// and ends the episode. The passenger may be dropped at the other places too.
///
/// A state is Gymnasium's number, `((row * 5 + column) * 5 + passenger) * 4 + destination`, which `state` makes, with
/// the passenger at place 0, 1, 2, 3 or, 4, in the taxi; and 500, the end. The places are (0, 0), (0, 4), (4, 0) and
/// (4, 3). The actions are 0 south, 1 north, 2 east, 3 west, 4 pick up, 5 drop off. Walls stand to the east of column 1
/// in the upper two rows, and of columns 0 and 2 in the lower two.
///
/// *Arguments*: F: the numbers, of any field.
/// *Laws*: `solve` finds `optimal_value`: tests/models.
/// *Source*: Dietterich (2000), Hierarchical reinforcement learning with the MAXQ value function decomposition, section
/// 3.1; Gymnasium, `toy_text/taxi.py`, Taxi-v3.
/// *Use*:
///     bellman::models::taxi<>{}.optimal_value(bellman::models::taxi<>::state(0, 0, 4, 0), 0.5) == 20
template <class F = double>
struct taxi {
  using state_type = int;
  using action_type = int;
  using reward_type = F;

  static constexpr int south = 0, north = 1, east = 2, west = 3, pick_up = 4, drop_off = 5;
  static constexpr int in_the_taxi = 4;
  static constexpr int end = 500;

  static constexpr int state(int row, int column, int passenger, int destination) {
    return ((row * 5 + column) * 5 + passenger) * 4 + destination;
  }

  constexpr auto states() const { return std::views::iota(0, 501); }
  constexpr auto actions(int) const { return std::views::iota(0, 6); }
  constexpr bool terminal(int s) const { return s == end; }

  /// The taxi anywhere, the passenger at a place that is not the destination: 300 states alike.
  constexpr auto start() const {
    std::array<int, 300> all{};
    std::size_t n = 0;
    for (int s = 0; s < end; ++s) {
      if (s / 4 % 5 != in_the_taxi && s / 4 % 5 != s % 4) all[n++] = s;
    }
    return uniform(all);
  }

  constexpr auto transition(int s, int a) const {
    int const cell = s / 20, passenger = s / 4 % 5;
    if (a < pick_up) {
      int const next = a == south   ? (cell < 20 ? s + 100 : s)
                       : a == north ? (cell >= 5 ? s - 100 : s)
                       : a == east  ? (is_open[cell] ? s + 20 : s)
                                    : (cell > 0 && is_open[cell - 1] ? s - 20 : s);
      return dirac{outcome{F(-1), next}};
    }
    int const place = place_at[cell];
    if (a == pick_up) {
      bool const can = place == passenger;
      return dirac{outcome{F(can ? -1 : -10), can ? s + 4 * (in_the_taxi - passenger) : s}};
    }
    bool const can = place >= 0 && passenger == in_the_taxi;
    if (can && place == s % 4) return dirac{outcome{F(20), end}};
    return dirac{outcome{F(can ? -1 : -10), can ? s + 4 * (place - in_the_taxi) : s}};
  }

  /// How many steps it is to the end: to the passenger, to the destination, and one for each to get in and out.
  static constexpr int steps_to_end(int s) {
    int const row = s / 100, column = s / 20 % 5, passenger = s / 4 % 5, destination = s % 4;
    if (s == end) return 0;
    if (passenger == in_the_taxi) return distance(row, column, destination) + 1;
    return distance(row, column, passenger) + 1 + distance(row_of[passenger], column_of[passenger], destination) + 1;
  }

  /// `20 gamma^(n - 1) - (1 + gamma + ... + gamma^(n - 2))`, n steps from the end: the shortest way is the best,
  /// whatever the discount.
  static constexpr F optimal_value(int s, F const& gamma) {
    if (s == end) return F(0);
    return internal::value_of_way(steps_to_end(s), -1, 20, gamma);
  }

 private:
  static constexpr int row_of[4]{0, 0, 4, 4}, column_of[4]{0, 4, 0, 3};

  // Row by row: whether a cell is open to the east, and the place that it is.
  // clang-format off
  static constexpr bool is_open[25]{
      true,  false, true,  true, false,
      true,  false, true,  true, false,
      true,  true,  true,  true, false,
      false, true,  false, true, false,
      false, true,  false, true, false};
  static constexpr int place_at[25]{
      0,  -1, -1, -1, 1,
      -1, -1, -1, -1, -1,
      -1, -1, -1, -1, -1,
      -1, -1, -1, -1, -1,
      2,  -1, -1, 3,  -1};
  // clang-format on

  // From a cell to a place. There is no wall in the middle row; where one stands between two cells of the rows on one
  // side of it, the way leads through it.
  static constexpr int distance(int row, int column, int place) {
    int const to_row = row_of[place], to_column = column_of[place];
    int const least = column < to_column ? column : to_column;
    int const most = column < to_column ? to_column : column;
    bool walled = false;
    for (int c = least; c < most; ++c) {
      walled = walled || (row < 2 && to_row < 2 && c == 1) || (row > 2 && to_row > 2 && (c == 0 || c == 2));
    }
    int const across = internal::distance(row, to_row);
    return most - least + (walled ? internal::distance(row, 2) + internal::distance(to_row, 2) : across);
  }
};

}  // namespace bellman::models
