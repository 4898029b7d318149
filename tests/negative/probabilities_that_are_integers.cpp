// SPDX-License-Identifier: BSL-1.0
// expect: probabilit(y|ies).*ordered field

#include <bellman/bellman.hpp>

#ifdef CONTROL
using probability = double;
#else
using probability = int;
#endif

constexpr bellman::categorical coin{std::array{bellman::weighted{3, probability(1)}}};
