// SPDX-License-Identifier: BSL-1.0
// refused: a_truncated_episode_needs_the_value_of_the_state_after_it

#include <bellman/bellman.hpp>

#ifdef CONTROL
constexpr bellman::truncated ending{2.0};
#else
constexpr bellman::truncated ending{};
#endif

constexpr bellman::step<double> last(ending);
