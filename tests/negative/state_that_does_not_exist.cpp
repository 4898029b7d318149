// SPDX-License-Identifier: BSL-1.0
// rule: a_state_must_be_one_that_exists

#include <bellman/reflect/states_of.hpp>
#include <boost/hana/define_struct.hpp>

struct depot {
  BOOST_HANA_DEFINE_STRUCT(depot, (bool, open), (bool, empty));
};
constexpr auto exists = [](depot const& s) { return s.open || s.empty; };

#ifdef CONTROL
constexpr depot s{true, false};
#else
constexpr depot s{false, false};
#endif

constexpr auto i = bellman::reflect::states_of<depot, exists>().index_of(s);
