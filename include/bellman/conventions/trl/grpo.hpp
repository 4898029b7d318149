// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/conventions/internal/given_rewards.hpp>
#include <bellman/conventions/internal/requirements.hpp>
#include <bellman/conventions/trl/deviation.hpp>
#include <bellman/groups/baseline.hpp>
#include <bellman/groups/group_advantages.hpp>

#include <cstddef>

namespace bellman::conventions::trl {

namespace detail {

struct grpo_advantages_fn {
  template <class Rows, class Weights, class Scale = decltype(deviation),
            class = typename internal::every<internal::rewards_of_functions<Rows, Weights>,
                                             internal::a_scale_of_rows<Scale, Rows>>::type::yes>
  constexpr auto operator()(Rows const& rewards_per_function, Weights const& weights, std::size_t num_generations,
                            Scale const& scale = deviation) const {
    auto const rewards = internal::weighted_sums(rewards_per_function, weights);
    return group_advantages{group_mean{}, scale}(rewards, internal::given_rows(rewards, num_generations));
  }
};

}  // namespace detail

/// `grpo_advantages(rewards_per_function, weights, num_generations)`: the weighted sums of the rewards
/// (`sum_then_normalize`) less the mean of the group, by `deviation`. A reward that is NaN was not given: it counts
/// nowhere, and an answer without any reward gets advantage 0.
///
/// *Arguments*: rows of one reward for each reward function, `num_generations` of them a group, one after another; a
/// weight for each function. Last another scale than `deviation`, if any.
/// *Errors*: `invalid_value` for rows of another length than the weights, for rows that do not come out even, and what
/// `group_advantages` throws.
/// *Source*: trl/trainer/grpo_trainer.py.
/// *Use*:
///     bellman::conventions::trl::grpo_advantages(
///         std::vector<std::vector<double>>{{1, 0}, {1, 4}}, std::array{1.0, 0.5}, 2, bellman::unscaled{}) ==
///             std::vector{-1.0, 1.0}
inline constexpr detail::grpo_advantages_fn grpo_advantages{};

}  // namespace bellman::conventions::trl
