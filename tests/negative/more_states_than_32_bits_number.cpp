// SPDX-License-Identifier: BSL-1.0
// refused: states_must_be_numbered_in_32_bits

#include <bellman/reflect/states_of.hpp>
#include <boost/hana/define_struct.hpp>

using digit = bellman::reflect::bounded<0, 9>;
#ifdef CONTROL
using digits = std::array<digit, 9>;
#else
using digits = std::array<digit, 10>;
#endif

struct depot {
  BOOST_HANA_DEFINE_STRUCT(depot, (digits, stock));
};

constexpr auto states = bellman::reflect::states_of<depot>();
