// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/conventions/arrays/flags_at_step.hpp>
#include <bellman/conventions/internal/requirements.hpp>
#include <bellman/conventions/shared/gae_of_transitions.hpp>
#include <bellman/estimation/trace_parameters.hpp>
#include <bellman/scalar/register_width.hpp>

namespace bellman::conventions::torchrl {

namespace detail {

template <class Machine>
struct gae_fn {
  template <
      class Values, class NextValues, class Rewards, class Done, class Terminated, class Parameters, class... Out,
      class = typename internal::every<internal::transitions_with_flags<Rewards, Values, NextValues, Done, Terminated>,
                                       internal::trace_parameters_of_columns<Parameters, Rewards, Values, NextValues>,
                                       internal::gae_of_flagged_transitions<Rewards, Values, NextValues, Done,
                                                                            Terminated, Parameters, Out...>>::type::yes>
  constexpr auto operator()(Values const& state_value, NextValues const& next_state_value, Rewards const& reward,
                            Done const& done, Terminated const& is_terminated, Parameters const& p, Out... out) const {
    return gae_of_transitions(reward, state_value, next_state_value,
                              flags_at_step(done, is_terminated, next_state_value), p, out...);
  }
};

}  // namespace detail

/// `gae(state_value, next_state_value, reward, done, terminated, trace_parameters{.gamma = g, .lambda = l})`: the
/// advantages and value targets of one row of time, or of a batch of rows, `batch_major(state_value, T)`. *done* cuts
/// the trace, *terminated* the bootstrap; at a truncation the value of the final observation is bootstrapped from.
///
/// *Arguments*: random-access ranges, one element for each step, or arrays of several sequences in one layout; gamma
/// and lambda likewise, or numbers. Outputs as those of `bellman::gae`.
/// *Errors*: `invalid_value` for two lengths that differ.
/// *Cost*: where `next_state_value` is the value of the next step but at ends, `bellman::gae` with
/// `flags_at_step(done, terminated, next_state_value)` gives the same and reads less.
/// *Source*: torchrl, `generalized_advantage_estimate`.
/// *Use*:
///     bellman::conventions::torchrl::gae(std::array{0.5, 1.0}, std::array{1.0, 10.0}, std::array{1.0, 2.0},
///                                        std::array{false, true}, std::array{false, false},
///                                        bellman::trace_parameters{.gamma = 0.5, .lambda = 0.5}).advantages ==
///         std::array{2.5, 6.0}
inline constexpr detail::gae_fn<internal::this_machine> gae{};

}  // namespace bellman::conventions::torchrl
