// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/conventions/arrays/own_or_zero.hpp>
#include <bellman/conventions/internal/requirements.hpp>
#include <bellman/decision/ending.hpp>
#include <bellman/estimation/gae.hpp>
#include <bellman/estimation/returns_to_go.hpp>
#include <bellman/estimation/trace_parameters.hpp>
#include <bellman/scalar/register_width.hpp>

// OpenRLHF has no step that is skipped: a masked token is one of reward 0 and value 0, and credit that passes through
// it is discounted once more.
namespace bellman::conventions::openrlhf {

namespace detail {

template <class Machine>
struct gae_fn {
  template <class Rewards, class Values, class Mask, class Parameters,
            class = typename internal::every<
                internal::a_column_of_values<Rewards>, internal::a_column_of_values<Values>,
                internal::a_column_of_flags<Mask>, internal::columns_of_one_type<Rewards, Values>,
                internal::trace_parameters_of_columns<Parameters, Rewards, Values>>::type::yes>
  constexpr auto operator()(Rewards const& rewards, Values const& values, Mask const& action_mask,
                            Parameters const& p) const {
    return bellman::gae(own_or_zero(action_mask, rewards), own_or_zero(action_mask, values), terminated{}, p);
  }
};

template <class Machine>
struct cumulative_returns_fn {
  template <class Rewards, class Mask, class Gamma,
            class = typename internal::every<internal::a_column_of_values<Rewards>, internal::a_column_of_flags<Mask>,
                                             internal::a_discount_of_columns<Gamma, Rewards>>::type::yes>
  constexpr auto operator()(Rewards const& rewards, Mask const& action_mask, Gamma const& gamma) const {
    return returns_to_go(own_or_zero(action_mask, rewards), terminated{}, gamma);
  }
};

}  // namespace detail

/// `gae(rewards, values, action_mask, trace_parameters{.gamma = g, .lambda = l})`: the advantages and returns of one
/// padded row. Behind the last own token they are 0; at a masked token within they are those of a state of value 0.
///
/// *Arguments*: random-access ranges, one element for each token; what stands at masked tokens is not read.
/// *Errors*: `invalid_value` for two lengths that differ.
/// *Source*: OpenRLHF, `get_advantages_and_returns`.
/// *Use*:
///     bellman::conventions::openrlhf::gae(std::array{0.0, 9.0, 4.0}, std::array{1.0, 8.0, 2.0}, std::array{1, 0, 1},
///                                         bellman::trace_parameters{.gamma = 0.5, .lambda = 0.5}).advantages ==
///         std::vector{-0.625, 1.5, 2.0}
inline constexpr detail::gae_fn<internal::this_machine> gae{};

/// `cumulative_returns(rewards, action_mask, gamma)`: the returns of one padded row, each masked token within at the
/// cost of one more gamma.
///
/// *Arguments*: random-access ranges, one element for each token, and a discount.
/// *Errors*: `invalid_value` for two lengths that differ.
/// *Source*: OpenRLHF, `get_cumulative_returns`.
/// *Use*:
///     bellman::conventions::openrlhf::cumulative_returns(std::array{0.0, 9.0, 4.0}, std::array{1, 0, 1}, 0.5) ==
///         std::vector{1.0, 2.0, 4.0}
inline constexpr detail::cumulative_returns_fn<internal::this_machine> cumulative_returns{};

}  // namespace bellman::conventions::openrlhf
