// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/conventions/arrays/for_every_token.hpp>
#include <bellman/conventions/arrays/padded_rows.hpp>
#include <bellman/conventions/arrays/tokens_in_rows.hpp>
#include <bellman/groups/baseline.hpp>
#include <bellman/groups/group_advantages.hpp>
#include <bellman/groups/grpo.hpp>
#include <bellman/groups/reinforce.hpp>
#include <bellman/groups/rloo.hpp>
#include <bellman/internal/vector.hpp>
#include <bellman/probability/spread.hpp>
#include <bellman/scalar/as_number.hpp>

#include <cstddef>
#include <ranges>
#include <vector>

/// Group methods as OpenRLHF computes them, of rewards and a grouping of `n_samples_per_prompt`. A group of one gives
/// 0, where there `group_norm` and `rloo` divide 0 by 0. openrlhf/trainer/ppo_utils/experience_maker.py.
namespace bellman::conventions::openrlhf {

/// `group_norm_advantages(rewards)`: `(r - mean) / (std + 1e-9)`.
///
/// *Arguments*: forms as in `group_advantages`.
/// *Errors*: those of `group_advantages`.
/// *Use*:
///     bellman::conventions::openrlhf::group_norm_advantages(std::array{0.1, 0.1}) == std::array{0.0, 0.0}
inline constexpr group_advantages group_norm_advantages{group_mean{}, spread_plus{standard_deviation{}, 1e-9}};

/// `rloo_advantages(rewards)`: `bellman::rloo`.
///
/// *Use*:
///     bellman::conventions::openrlhf::rloo_advantages(std::array{1.0, 0.0}) == std::array{1.0, -1.0}
inline constexpr auto rloo_advantages = bellman::rloo;

/// `dr_grpo_advantages(rewards)`: `bellman::dr_grpo`.
///
/// *Use*:
///     bellman::conventions::openrlhf::dr_grpo_advantages(std::array{1.0, 0.0}) == std::array{0.5, -0.5}
inline constexpr auto dr_grpo_advantages = bellman::dr_grpo;

/// `reinforce_baseline_advantages(rewards)`: `bellman::dr_grpo`.
///
/// *Use*:
///     bellman::conventions::openrlhf::reinforce_baseline_advantages(std::array{1.0, 0.0}) == std::array{0.5, -0.5}
inline constexpr auto reinforce_baseline_advantages = bellman::dr_grpo;

/// `reinforce_advantages(rewards)`: `bellman::reinforce`.
///
/// *Use*:
///     bellman::conventions::openrlhf::reinforce_advantages(std::array{1.0, 0.0}) == std::array{1.0, 0.0}
inline constexpr auto reinforce_advantages = bellman::reinforce;

namespace detail {

struct masked_normalize_fn {
  template <std::ranges::forward_range Rows, std::ranges::forward_range Masks>
  constexpr auto operator()(Rows const& values, Masks const& masks) const {
    using V = number_t<std::ranges::range_value_t<std::ranges::range_value_t<Rows>>>;
    std::vector<std::vector<V>> rows(tokens_in_rows(masks).size(), std::vector<V>{});
    for_every_token(values, masks, [&](std::size_t row, auto const& x) { rows[row].push_back(static_cast<V>(x)); });
    auto const normal = group_advantages{group_mean{}, root_of{spread_at_least{population_variance{}, 1e-8}}}(rows);
    internal::vector<std::size_t> next(rows.size(), 0);
    return padded_rows(masks, [&](std::size_t row, std::size_t) { return normal[row][next[row]++]; });
  }
};

}  // namespace detail

/// `masked_normalize(values, masks)`, along rows: `(x - mean) / sqrt(max(variance, 1e-8))` with each row's own mean and
/// biased variance, 0 where a mask is 0.
///
/// *Arguments*: rows of numbers and their masks.
/// *Errors*: `invalid_value` where rows and masks do not match, and what `group_advantages` throws.
/// *Use*:
///     bellman::conventions::openrlhf::masked_normalize(std::vector<std::vector<double>>{{1, 3, 9}},
///                                                      std::vector<std::vector<int>>{{1, 1, 0}}) ==
///         std::vector<std::vector<double>>{{-1, 1, 0}}
inline constexpr detail::masked_normalize_fn masked_normalize{};

}  // namespace bellman::conventions::openrlhf
