// SPDX-License-Identifier: BSL-1.0
// refused: a_struct_of_states_must_have_members

#include <bellman/reflect/states_of.hpp>
#include <boost/hana/adapt_struct.hpp>

struct depot {
  bool open;
};
#ifdef CONTROL
BOOST_HANA_ADAPT_STRUCT(depot, open);
#else
BOOST_HANA_ADAPT_STRUCT(depot);
#endif

constexpr auto states = bellman::reflect::states_of<depot>();
