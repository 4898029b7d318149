// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/conventions/arrays/flags_at_next_step.hpp>
#include <bellman/conventions/internal/requirements.hpp>
#include <bellman/estimation/gae.hpp>

#include <utility>

namespace bellman::internal {

/// Steps with flags at the next one, and what follows them, of one sequence or of several.
template <class Starts, class Flag, class V>
using next_flags = every<a_column_of_flags<of_one_t<Starts>>, of_steps_in_common<Starts>,
                         a_flag_and_a_value_behind<Starts, Flag const&, V const&>>;

template <class Rewards, class Values, class Starts, class Flag, class V, class Parameters, class... Out>
struct gae_of_next_flags
    : estimated_by<decltype(bellman::gae), given<Rewards, Values>,
                   decltype(conventions::flags_at_next_step(std::declval<Starts const&>(), std::declval<Flag const&>(),
                                                            std::declval<V const&>())),
                   Parameters, Out...> {};

/// `gae` of the arrays of those whose flags say that an observation is the first of an episode.
template <class Machine>
struct gae_of_starts_fn {
  template <class Rewards, class Values, class Starts, class Flag, class V, class Parameters, class... Out,
            class = typename every<a_column_of_values<of_one_t<Rewards>>, a_column_of_values<of_one_t<Values>>,
                                   next_flags<Starts, Flag, V>, a_value_beside<V, of_one_t<Rewards>, of_one_t<Values>>,
                                   trace_parameters_of_columns<Parameters, Rewards, Values>,
                                   gae_of_next_flags<Rewards, Values, Starts, Flag, V, Parameters, Out...>>::type::yes>
  constexpr auto operator()(Rewards const& rewards, Values const& values, Starts const& starts, Flag const& next_starts,
                            V const& next_values, Parameters const& p, Out... out) const {
    return bellman::gae(rewards, values, conventions::flags_at_next_step(starts, next_starts, next_values), p, out...);
  }
};

}  // namespace bellman::internal
