// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/reflect/bounded.hpp>
#include <bellman/reflect/number_of_values.hpp>

#include <boost/hana/adapt_struct.hpp>
#include <boost/hana/define_struct.hpp>

#include <array>
#include <compare>
#include <cstddef>

// Structs of states for the tests, told to Hana in either way.
namespace bellman::test::structs {

using reflect::bounded;

enum class day : signed char { friday, saturday, sunday };
enum class color : unsigned long long { red, green };

/// A struct of each kind of number, defined.
struct depot {
  BOOST_HANA_DEFINE_STRUCT(depot, (bounded<-1, 2>, stock), (day, today), (bool, open));

  friend constexpr bool operator==(depot const&, depot const&) = default;
  friend constexpr auto operator<=>(depot const&, depot const&) = default;
};

/// A struct of structs and arrays, adapted.
struct fleet {
  depot home = {};
  std::array<color, 2> painted = {};
  bounded<5, 7> parked[2] = {};

  friend constexpr bool operator==(fleet const&, fleet const&) = default;
  friend constexpr auto operator<=>(fleet const&, fleet const&) = default;
};

/// Members in another order than Hana's, with `==` alone.
struct corner {
  bounded<0, 3> y = 0;
  bounded<0, 2> x = 0;

  constexpr bool is_below_the_diagonal() const { return y < x; }
  friend constexpr bool operator==(corner const&, corner const&) = default;
};

}  // namespace bellman::test::structs

template <>
inline constexpr auto bellman::reflect::names_of_values_v<bellman::test::structs::day> =
    std::array{"friday", "saturday", "sunday"};
template <>
inline constexpr std::size_t bellman::reflect::number_of_values_v<bellman::test::structs::color> = 2;

BOOST_HANA_ADAPT_STRUCT(bellman::test::structs::fleet, home, painted, parked);
BOOST_HANA_ADAPT_STRUCT(bellman::test::structs::corner, x, y);
