// SPDX-License-Identifier: BSL-1.0
// refused: a_predicate_of_states_is_called_with_a_state_and_returns_bool

#include <bellman/reflect/states_of.hpp>
#include <boost/hana/define_struct.hpp>

struct depot {
  BOOST_HANA_DEFINE_STRUCT(depot, (bool, open), (bool, empty));
};

#ifdef CONTROL
constexpr auto exists = [](depot const& s) { return s.open || s.empty; };
#else
constexpr auto exists = [](std::array<depot, 2> const& s) { return s[0].open; };
#endif

constexpr auto states = bellman::reflect::states_of<depot, exists>();
