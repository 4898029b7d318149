// SPDX-License-Identifier: BSL-1.0
// refused: a_score_is_of_a_field_and_integers_are_not

#include <bellman/bellman.hpp>

#ifdef CONTROL
using number = double;
#else
using number = int;
#endif

constexpr auto rule = bellman::verifiable<number>([](int s) { return s == 24; });
