// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/conventions/internal/given_rewards.hpp>
#include <bellman/conventions/internal/requirements.hpp>
#include <bellman/conventions/trl/deviation.hpp>
#include <bellman/groups/baseline.hpp>
#include <bellman/groups/group_advantages.hpp>
#include <bellman/groups/over_batch.hpp>
#include <bellman/internal/element_at.hpp>
#include <bellman/scalar/arithmetic.hpp>

#include <cstddef>
#include <vector>

namespace bellman::conventions::trl {

namespace detail {

struct gdpo_advantages_fn {
  template <class Rows, class Weights, class = typename internal::rewards_of_functions<Rows, Weights>::type::yes>
  constexpr auto operator()(Rows const& rewards_per_function, Weights const& weights,
                            std::size_t num_generations) const {
    auto rewards = internal::weighted_sums(rewards_per_function, weights);
    auto const scored = internal::given_rows(rewards, num_generations);
    std::size_t function = 0;
    for (auto& r : rewards) r = {};
    for (auto const& weight : weights) {
      using R = typename decltype(rewards)::value_type;
      std::vector<R> column;
      for (auto const& row : rewards_per_function)
        column.push_back(static_cast<R>(internal::element_at(row, function)));
      auto const given = internal::given_rows(column, num_generations);
      auto const advantages = group_advantages{group_mean{}, deviation}(column, given);
      for (std::size_t row = 0; row < rewards.size(); ++row) {
        rewards[row] = sum(rewards[row], product(static_cast<R>(weight), advantages[row]));
      }
      ++function;
    }
    return group_advantages{over_batch{group_mean{}}, over_batch{deviation}}(rewards, scored);
  }
};

}  // namespace detail

/// `gdpo_advantages(rewards_per_function, weights, num_generations)`: `normalize_then_sum`, each reward function's
/// rewards less the mean of the group by `std + 1e-4`, their weighted sum likewise over the batch. A reward that is NaN
/// was not given.
///
/// *Arguments*: rows of one reward for each reward function, `num_generations` of them a group, one after another; a
/// weight for each function.
/// *Errors*: `invalid_value` for rows of another length than the weights, for rows that do not come out even, and what
/// `group_advantages` throws.
/// *Source*: trl/trainer/grpo_trainer.py.
/// *Use*:
///     bellman::conventions::trl::gdpo_advantages(
///         std::vector<std::vector<double>>{{1, 4}, {1, 4}}, std::array{1.0, 0.5}, 2) == std::vector{0.0, 0.0}
inline constexpr detail::gdpo_advantages_fn gdpo_advantages{};

}  // namespace bellman::conventions::trl
