// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/conventions/arrays/flags_at_next_step.hpp>
#include <bellman/estimation/gae.hpp>
#include <bellman/estimation/trace_parameters.hpp>

#include <ranges>

namespace bellman::conventions::cleanrl {

namespace detail {

struct gae_fn {
  template <std::ranges::random_access_range Rewards, std::ranges::random_access_range Values,
            std::ranges::random_access_range Dones, class Flag, class V, class G, class L>
  constexpr auto operator()(Rewards const& rewards, Values const& values, Dones const& dones, Flag const& next_done,
                            V const& next_value, trace_parameters<G, L> const& p) const {
    return bellman::gae(rewards, values, flags_at_next_step(dones, next_done, next_value), p);
  }
};

}  // namespace detail

/// `gae(rewards, values, dones, next_done, next_value, trace_parameters{.gamma = g, .lambda = l})`: the advantages and
/// returns of one environment, a column of cleanrl's arrays: `across(rewards, i)`. `dones[t]` says that observation t
/// is the first of an episode. A time limit counts as a termination: the state after it is taken to be worth 0.
inline constexpr detail::gae_fn gae{};

}  // namespace bellman::conventions::cleanrl
