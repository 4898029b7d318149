// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/conventions/arrays/for_every_token.hpp>
#include <bellman/conventions/arrays/padded_rows.hpp>
#include <bellman/conventions/arrays/tokens_in_rows.hpp>
#include <bellman/groups/group_advantages.hpp>
#include <bellman/groups/group_methods.hpp>
#include <bellman/probability/spread.hpp>
#include <bellman/scalar/as_number.hpp>

#include <cstddef>
#include <ranges>
#include <vector>

/// Group methods as OpenRLHF computes them, of rewards and a grouping of `n_samples_per_prompt`. A group of one gives
/// 0, where there `group_norm` and `rloo` divide 0 by 0. openrlhf/trainer/ppo_utils/experience_maker.py.
namespace bellman::conventions::openrlhf {

/// `(r - mean) / (std + 1e-9)`.
inline constexpr group_advantages group_norm_advantages{group_mean{}, spread_plus{standard_deviation{}, 1e-9}};
inline constexpr auto rloo_advantages = bellman::rloo;
inline constexpr auto dr_grpo_advantages = bellman::dr_grpo;
inline constexpr auto reinforce_baseline_advantages = bellman::dr_grpo;
inline constexpr auto reinforce_advantages = bellman::reinforce;

namespace detail {

struct masked_normalize_fn {
  template <std::ranges::forward_range Rows, std::ranges::forward_range Masks>
  constexpr auto operator()(Rows const& values, Masks const& masks) const {
    using V = number_t<std::ranges::range_value_t<std::ranges::range_value_t<Rows>>>;
    std::vector<std::vector<V>> rows(tokens_in_rows(masks).size(), std::vector<V>{});
    for_every_token(values, masks, [&](std::size_t row, auto const& x) { rows[row].push_back(static_cast<V>(x)); });
    auto const normal = group_advantages{group_mean{}, root_of{spread_at_least{population_variance{}, 1e-8}}}(rows);
    std::vector<std::size_t> next(rows.size(), 0);
    return padded_rows(masks, [&](std::size_t row, std::size_t) { return normal[row][next[row]++]; });
  }
};

}  // namespace detail

/// `masked_normalize(values, masks)`, along rows: `(x - mean) / sqrt(max(variance, 1e-8))` with each row's own mean and
/// biased variance, 0 where a mask is 0.
inline constexpr detail::masked_normalize_fn masked_normalize{};

}  // namespace bellman::conventions::openrlhf
