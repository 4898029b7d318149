// SPDX-License-Identifier: BSL-1.0
// refused: probabilities_must_be_of_an_ordered_field_and_integers_are_not

#include <bellman/bellman.hpp>

#ifdef CONTROL
using probability = double;
#else
using probability = int;
#endif

constexpr bellman::categorical coin{std::array{bellman::weighted{3, probability(1)}}};
