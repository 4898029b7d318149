// SPDX-License-Identifier: BSL-1.0
// rule: a_member_must_be_within_its_bounds

#include <bellman/reflect/states_of.hpp>
#include <boost/hana/define_struct.hpp>

enum class day { saturday, sunday };
template <>
inline constexpr std::size_t bellman::reflect::number_of_values_v<day> = 2;

struct depot {
  BOOST_HANA_DEFINE_STRUCT(depot, (bool, open), (day, today));
};

#ifdef CONTROL
constexpr depot s{true, day{1}};
#else
constexpr depot s{true, day{2}};
#endif

constexpr auto i = bellman::reflect::states_of<depot>().index_of(s);
