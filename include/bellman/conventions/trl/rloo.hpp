// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/conventions/internal/given_rewards.hpp>
#include <bellman/conventions/internal/requirements.hpp>
#include <bellman/conventions/trl/deviation.hpp>
#include <bellman/groups/baseline.hpp>
#include <bellman/groups/group_advantages.hpp>
#include <bellman/groups/over_batch.hpp>
#include <bellman/groups/rloo.hpp>

#include <cstddef>

namespace bellman::conventions::trl {

namespace detail {

struct rloo_advantages_fn {
  template <class Rewards, class = typename internal::a_column_of_numbers<Rewards>::type::yes>
  constexpr auto operator()(Rewards const& rewards, std::size_t num_generations) const {
    return bellman::rloo(rewards, internal::given_rows(rewards, num_generations));
  }
};
struct normalized_rloo_advantages_fn {
  template <class Rewards, class = typename internal::every<
                               internal::a_column_of_numbers<Rewards>,
                               internal::a_number_with_an_exponential<internal::elements_of_t<Rewards>>>::type::yes>
  constexpr auto operator()(Rewards const& rewards, std::size_t num_generations) const {
    auto const scored = internal::given_rows(rewards, num_generations);
    return group_advantages{over_batch{group_mean{}}, over_batch{deviation}}(bellman::rloo(rewards, scored), scored);
  }
};

}  // namespace detail

/// `rloo_advantages(rewards, num_generations)`: the reward less the mean of the others. A reward that is NaN was not
/// given.
///
/// *Arguments*: rewards, `num_generations` of them a group, one after another.
/// *Errors*: `invalid_value` for rows that do not come out even, and what `bellman::rloo` throws.
/// *Source*: trl/trainer/rloo_trainer.py.
/// *Use*:
///     bellman::conventions::trl::rloo_advantages(std::vector{1.0, 0.0}, 2) == std::vector{1.0, -1.0}
inline constexpr detail::rloo_advantages_fn rloo_advantages{};

/// `normalized_rloo_advantages(rewards, num_generations)`: the same with `normalize_advantages`, less the mean of the
/// batch, by its `std + 1e-4`.
///
/// *Arguments*: rewards, `num_generations` of them a group, one after another.
/// *Errors*: those of `rloo_advantages`, and what `group_advantages` throws.
/// *Source*: trl/trainer/rloo_trainer.py.
/// *Use*:
///     bellman::conventions::trl::normalized_rloo_advantages(std::vector{1.0, 1.0}, 2) == std::vector{0.0, 0.0}
inline constexpr detail::normalized_rloo_advantages_fn normalized_rloo_advantages{};

}  // namespace bellman::conventions::trl
