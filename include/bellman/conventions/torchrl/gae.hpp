// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/conventions/arrays/flags_at_step.hpp>
#include <bellman/conventions/shared/gae_of_transitions.hpp>
#include <bellman/estimation/trace_parameters.hpp>

#include <ranges>

namespace bellman::conventions::torchrl {

namespace detail {

struct gae_fn {
  template <std::ranges::random_access_range Values, std::ranges::random_access_range NextValues,
            std::ranges::random_access_range Rewards, std::ranges::random_access_range Done,
            std::ranges::random_access_range Terminated, class G, class L>
  constexpr auto operator()(Values const& state_value, NextValues const& next_state_value, Rewards const& reward,
                            Done const& done, Terminated const& is_terminated, trace_parameters<G, L> const& p) const {
    return gae_of_transitions(reward, state_value, next_state_value,
                              flags_at_step(done, is_terminated, next_state_value), p);
  }
};

}  // namespace detail

/// `gae(state_value, next_state_value, reward, done, terminated, trace_parameters{.gamma = g, .lambda = l})`: the
/// advantages and value targets of one row of time: `generalized_advantage_estimate`. *done* cuts the trace,
/// *terminated* the bootstrap; at a truncation the value of the final observation is bootstrapped from.
inline constexpr detail::gae_fn gae{};

}  // namespace bellman::conventions::torchrl
