// SPDX-License-Identifier: BSL-1.0
// refused: a_number_must_be_bounded_by_reflect_bounded

#include <bellman/reflect/states_of.hpp>
#include <boost/hana/define_struct.hpp>

#ifdef CONTROL
using number = bellman::reflect::bounded<0, 10>;
#else
using number = int;
#endif

struct depot {
  BOOST_HANA_DEFINE_STRUCT(depot, (bool, open), (number, stock));
};

constexpr auto states = bellman::reflect::states_of<depot>();
