// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/conventions/arrays/flags_at_next_step.hpp>
#include <bellman/conventions/internal/requirements.hpp>
#include <bellman/estimation/gae.hpp>
#include <bellman/estimation/trace_parameters.hpp>
#include <bellman/scalar/register_width.hpp>

namespace bellman::conventions::cleanrl {

namespace detail {

template <class Machine>
struct gae_fn {
  template <
      class Rewards, class Values, class Dones, class Flag, class V, class Parameters,
      class = typename internal::every<internal::a_column_of_values<Rewards>, internal::a_column_of_values<Values>,
                                       internal::a_column_of_flags<Dones>, internal::a_flag<Flag>,
                                       internal::a_number_or_vector<V>, internal::a_value_beside<V, Rewards, Values>,
                                       internal::trace_parameters_of_columns<Parameters, Rewards, Values>>::type::yes>
  constexpr auto operator()(Rewards const& rewards, Values const& values, Dones const& dones, Flag const& next_done,
                            V const& next_value, Parameters const& p) const {
    return bellman::gae(rewards, values, flags_at_next_step(dones, next_done, next_value), p);
  }
};

}  // namespace detail

/// `gae(rewards, values, dones, next_done, next_value, trace_parameters{.gamma = g, .lambda = l})`: the advantages and
/// returns of one environment, a column of cleanrl's arrays: `across(rewards, i)`. A time limit counts as a
/// termination: the state after it is taken to be worth 0.
///
/// *Arguments*: `dones[t]` says that observation t is the first of an episode, `next_done` and `next_value` are of the
/// observation after the recording.
/// *Errors*: `invalid_value` for two lengths that differ.
/// *Source*: cleanrl, `ppo.py`.
/// *Use*:
///     bellman::conventions::cleanrl::gae(std::array{1.0, 2.0}, std::array{0.5, 1.0}, std::array{true, false}, true,
///         0.0,
///                                        bellman::trace_parameters{.gamma = 0.5, .lambda = 0.5}).advantages ==
///         std::array{1.25, 1.0}
inline constexpr detail::gae_fn<internal::this_machine> gae{};

}  // namespace bellman::conventions::cleanrl
