// SPDX-License-Identifier: BSL-1.0
// refused: an_enumeration_must_say_its_number_of_values

#include <bellman/reflect/states_of.hpp>
#include <boost/hana/define_struct.hpp>

enum class day { saturday, sunday };
#ifdef CONTROL
template <>
inline constexpr std::size_t bellman::reflect::number_of_values_v<day> = 2;
#endif

struct depot {
  BOOST_HANA_DEFINE_STRUCT(depot, (bool, open), (day, today));
};

constexpr auto states = bellman::reflect::states_of<depot>();
