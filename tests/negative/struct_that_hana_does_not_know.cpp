// SPDX-License-Identifier: BSL-1.0
// refused: hana_must_know_the_struct_by_define_struct_or_adapt_struct

#include <bellman/reflect/states_of.hpp>
#include <boost/hana/adapt_struct.hpp>

struct depot {
  bool open;
};
#ifdef CONTROL
BOOST_HANA_ADAPT_STRUCT(depot, open);
#endif

constexpr auto states = bellman::reflect::states_of<depot>();
