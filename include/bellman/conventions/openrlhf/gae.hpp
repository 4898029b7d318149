// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/conventions/arrays/own_or_zero.hpp>
#include <bellman/conventions/internal/requirements.hpp>
#include <bellman/decision/ending.hpp>
#include <bellman/estimation/gae.hpp>
#include <bellman/estimation/returns_to_go.hpp>
#include <bellman/scalar/register_width.hpp>

#include <utility>

// OpenRLHF has no step that is skipped: a masked token is one of reward 0 and value 0, and credit that passes through
// it is discounted once more.
namespace bellman::conventions::openrlhf {

namespace detail {

// Masked tokens as steps of reward 0 and value 0, and what an estimator asks of those.
template <class Mask, class X>
using own_or_zero_t = decltype(own_or_zero(std::declval<Mask const&>(), std::declval<X const&>()));
template <class Rewards, class Values, class Mask, class Parameters, class... Out>
struct gae_of_own : internal::estimated_by<decltype(bellman::gae),
                                           internal::given<own_or_zero_t<Mask, Rewards>, own_or_zero_t<Mask, Values>>,
                                           terminated, Parameters, Out...> {};
template <class Rewards, class Mask, class Gamma, class... Out>
struct returns_of_own : internal::estimated_by<decltype(returns_to_go), internal::given<own_or_zero_t<Mask, Rewards>>,
                                               terminated, Gamma, Out...> {};

template <class Machine>
struct gae_fn {
  template <class Rewards, class Values, class Mask, class Parameters, class... Out,
            class = typename internal::every<
                internal::a_column_of_values<internal::of_one_t<Rewards>>,
                internal::a_column_of_values<internal::of_one_t<Values>>,
                internal::a_column_of_flags<internal::of_one_t<Mask>>, internal::in_one_layout<Rewards, Values, Mask>,
                internal::columns_of_one_type<internal::of_one_t<Rewards>, internal::of_one_t<Values>>,
                internal::trace_parameters_of_columns<Parameters, Rewards, Values>,
                gae_of_own<Rewards, Values, Mask, Parameters, Out...>>::type::yes>
  constexpr auto operator()(Rewards const& rewards, Values const& values, Mask const& action_mask, Parameters const& p,
                            Out... out) const {
    return bellman::gae(own_or_zero(action_mask, rewards), own_or_zero(action_mask, values), terminated{}, p, out...);
  }
};

template <class Machine>
struct cumulative_returns_fn {
  template <class Rewards, class Mask, class Gamma, class... Out,
            class = typename internal::every<internal::a_column_of_values<internal::of_one_t<Rewards>>,
                                             internal::a_column_of_flags<internal::of_one_t<Mask>>,
                                             internal::in_one_layout<Rewards, Mask>,
                                             internal::a_discount_of_columns<internal::one_sequence_t<Gamma>, Rewards>,
                                             returns_of_own<Rewards, Mask, Gamma, Out...>>::type::yes>
  constexpr auto operator()(Rewards const& rewards, Mask const& action_mask, Gamma const& gamma, Out... out) const {
    return returns_to_go(own_or_zero(action_mask, rewards), terminated{}, gamma, out...);
  }
};

}  // namespace detail

/// `gae(rewards, values, action_mask, trace_parameters{.gamma = g, .lambda = l})`: the advantages and returns of one
/// padded row, or of a batch of rows, `batch_major(values, length)`. Behind the last own token they are 0; at a masked
/// token within they are those of a state of value 0.
///
/// *Arguments*: random-access ranges, one element for each token, or arrays of several sequences in one layout; what
/// stands at masked tokens is not read. Outputs as those of `bellman::gae`.
/// *Errors*: `invalid_value` for two lengths that differ.
/// *Source*: OpenRLHF, `get_advantages_and_returns`.
/// *Use*:
///     bellman::conventions::openrlhf::gae(std::array{0.0, 9.0, 4.0}, std::array{1.0, 8.0, 2.0}, std::array{1, 0, 1},
///                                         bellman::trace_parameters{.gamma = 0.5, .lambda = 0.5}).advantages ==
///         std::vector{-0.625, 1.5, 2.0}
inline constexpr detail::gae_fn<internal::this_machine> gae{};

/// `cumulative_returns(rewards, action_mask, gamma)`: the returns of one padded row, or of a batch of rows, each masked
/// token within at the cost of one more gamma.
///
/// *Arguments*: as those of `gae`, and a discount. An output as that of `returns_to_go`.
/// *Errors*: `invalid_value` for two lengths that differ.
/// *Source*: OpenRLHF, `get_cumulative_returns`.
/// *Use*:
///     bellman::conventions::openrlhf::cumulative_returns(std::array{0.0, 9.0, 4.0}, std::array{1, 0, 1}, 0.5) ==
///         std::vector{1.0, 2.0, 4.0}
inline constexpr detail::cumulative_returns_fn<internal::this_machine> cumulative_returns{};

}  // namespace bellman::conventions::openrlhf
