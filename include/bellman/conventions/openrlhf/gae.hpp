// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/conventions/arrays/columns.hpp>
#include <bellman/conventions/arrays/own_or_zero.hpp>
#include <bellman/decision/ending.hpp>
#include <bellman/estimation/gae.hpp>
#include <bellman/estimation/returns_to_go.hpp>
#include <bellman/estimation/trace_parameters.hpp>

#include <ranges>

// OpenRLHF has no step that is skipped: a masked token is one of reward 0 and value 0, and credit that passes through
// it is discounted once more.
namespace bellman::conventions::openrlhf {

namespace detail {

struct gae_fn {
  template <std::ranges::random_access_range Rewards, std::ranges::random_access_range Values,
            std::ranges::random_access_range Mask, class G, class L>
  constexpr auto operator()(Rewards const& rewards, Values const& values, Mask const& action_mask,
                            trace_parameters<G, L> const& p) const {
    return bellman::gae(own_or_zero(action_mask, rewards), own_or_zero(action_mask, values), terminated{}, p);
  }
};

struct cumulative_returns_fn {
  template <std::ranges::random_access_range Rewards, std::ranges::random_access_range Mask, class Gamma>
  constexpr auto operator()(Rewards const& rewards, Mask const& action_mask, Gamma const& gamma) const {
    return returns_to_go(own_or_zero(action_mask, rewards), terminated{}, gamma);
  }
};

}  // namespace detail

/// `gae(rewards, values, action_mask, trace_parameters{.gamma = g, .lambda = l})`: the advantages and returns of one
/// padded row: `get_advantages_and_returns`. Behind the last own token they are 0; at a masked token within they are
/// those of a state of value 0.
inline constexpr detail::gae_fn gae{};

/// `cumulative_returns(rewards, action_mask, gamma)`: the returns of one padded row, each masked token within at the
/// cost of one more gamma: `get_cumulative_returns`.
inline constexpr detail::cumulative_returns_fn cumulative_returns{};

}  // namespace bellman::conventions::openrlhf
