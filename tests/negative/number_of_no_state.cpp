// SPDX-License-Identifier: BSL-1.0
// rule: a_number_must_be_that_of_a_state

#include <bellman/reflect/states_of.hpp>

using weather = std::array<bool, 2>;

#ifdef CONTROL
constexpr int i = 3;
#else
constexpr int i = 4;
#endif

constexpr weather s = bellman::reflect::states_of<weather>()[i];
