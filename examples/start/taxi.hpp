// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/decision/outcome.hpp>
#include <bellman/probability/dirac.hpp>
#include <bellman/probability/uniform.hpp>
#include <bellman/reflect/states_of.hpp>

#include <boost/hana/define_struct.hpp>

#include <array>

// Gymnasium's Taxi-v3 (Dietterich 2000): a taxi drives in a town of 5 x 5 streets, with walls, to where the passenger
// waits, and takes them where they want to go.
namespace taxi {

namespace b = bellman;
using b::reflect::bounded;
using b::reflect::states_of;

enum class act { south, north, east, west, pick_up, drop_off };

struct stand {
  int row, column;
};
constexpr stand stands[] = {{0, 0}, {0, 4}, {4, 0}, {4, 3}};  // red, green, yellow, blue
constexpr int in_the_taxi = 4;                                // where else the passenger may be

struct ride {
  BOOST_HANA_DEFINE_STRUCT(ride,
    (bool, delivered),
    (bounded<0, 4>, row),
    (bounded<0, 4>, column),
    (bounded<0, 4>, passenger),
    (bounded<0, 3>, destination)
  );

  constexpr bool at(int place) const { return stands[place].row == row && stands[place].column == column; }
  constexpr bool exists() const { return !delivered || (passenger == destination && at(destination)); }
  constexpr bool begins() const { return !delivered && passenger != in_the_taxi && passenger != destination; }

  friend constexpr bool operator==(ride const&, ride const&) = default;
};

}  // namespace taxi

template <>
inline constexpr auto bellman::reflect::names_of_values_v<taxi::act> =
    std::array{"south", "north", "east", "west", "pick up", "drop off"};

namespace taxi {

// Whether there is a wall east of a place.
constexpr bool wall(int row, int column) {
  return row < 2 ? column == 1 : row > 2 && (column == 0 || column == 2);
}

// A step costs 1, to pick up or drop off in vain 10; the ride pays 20.
struct town {
  using state_type = ride;
  using action_type = act;
  using reward_type = double;

  constexpr auto states() const { return states_of<ride, &ride::exists>(); }
  constexpr auto actions(ride const&) const { return states_of<act>(); }
  constexpr bool terminal(ride const& s) const { return s.delivered; }
  constexpr auto start() const { return b::uniform(states_of<ride, &ride::begins>()); }

  constexpr auto transition(ride s, act a) const {
    double reward = -1;
    if (a == act::south && s.row < 4) s.row = s.row + 1;
    if (a == act::north && s.row > 0) s.row = s.row - 1;
    if (a == act::east && s.column < 4 && !wall(s.row, s.column)) s.column = s.column + 1;
    if (a == act::west && s.column > 0 && !wall(s.row, s.column - 1)) s.column = s.column - 1;
    if (a == act::pick_up) {
      if (s.passenger != in_the_taxi && s.at(s.passenger)) s.passenger = in_the_taxi;
      else reward = -10;
    }
    if (a == act::drop_off) {
      int place = in_the_taxi;  // the stand that the taxi is at
      for (int i = 0; i < 4; ++i) place = s.at(i) ? i : place;
      if (s.passenger != in_the_taxi || place == in_the_taxi) {
        reward = -10;
      } else {
        s.passenger = place;
        s.delivered = place == s.destination;
        if (s.delivered) reward = 20;
      }
    }
    return b::dirac{b::outcome{reward, s}};
  }
};

}  // namespace taxi
