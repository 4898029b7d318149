// SPDX-License-Identifier: BSL-1.0
// refused: the_scale_of_a_best_answer_must_give_a_number_for_the_statistics_of_its_group

#include <bellman/groups/group_methods.hpp>

#include <vector>

std::vector const rewards{1.0, 0.0};
#ifdef CONTROL
constexpr bellman::standard_deviation scale{};
#else
constexpr bellman::over_batch scale{bellman::standard_deviation{}};
#endif
auto const advantages = bellman::best_of_group_advantages{scale}(rewards);
