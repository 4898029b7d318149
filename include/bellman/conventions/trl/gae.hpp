// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/conventions/arrays/computed.hpp>
#include <bellman/conventions/arrays/number_at.hpp>
#include <bellman/conventions/internal/requirements.hpp>
#include <bellman/decision/ending.hpp>
#include <bellman/estimation/gae.hpp>
#include <bellman/estimation/trace_parameters.hpp>
#include <bellman/internal/one_for_each.hpp>
#include <bellman/scalar/register_width.hpp>

#include <cstddef>
#include <ranges>

// TRL's PPO trainer: an answer of `tokens` tokens at the left of a padded row.
namespace bellman::conventions::trl {

namespace detail {

struct padding_fn {
  constexpr auto operator()(std::size_t tokens, std::size_t padded) const {
    return computed(padded, [tokens](std::size_t t) { return t >= tokens; });
  }
};

struct kept_values_fn {
  template <class Values, class = typename internal::a_column_of_values<Values>::type::yes>
  constexpr auto operator()(Values const& values, std::size_t tokens) const {
    auto kept = internal::one_for_each<std::ranges::range_value_t<Values>>(values);
    for (std::size_t t = 0; t < kept.size() && t <= tokens; ++t) kept[t] = number_at(values, t);
    return kept;
  }
};

template <class Machine>
struct gae_fn {
  template <
      class Rewards, class Values, class Parameters,
      class = typename internal::every<internal::a_column_of_values<Rewards>, internal::a_column_of_values<Values>,
                                       internal::columns_of_one_type<Rewards, Values>,
                                       internal::trace_parameters_of_columns<Parameters, Rewards, Values>>::type::yes>
  constexpr auto operator()(Rewards const& rewards, Values const& values, std::size_t tokens,
                            Parameters const& p) const {
    return bellman::gae(rewards, kept_values_fn{}(values, tokens), terminated{}, p);
  }
};

}  // namespace detail

/// `padding(tokens, padded)`: the flags of the slots that no token is in: `padding_mask`. With `tokens + 1` it is
/// `padding_mask_p1`, which leaves the first of them out.
///
/// *Arguments*: how many tokens the answer has, and how many slots the row.
/// *Use*:
///     !bellman::conventions::trl::padding(1, 3).front() && bellman::conventions::trl::padding(1, 3).back()
inline constexpr detail::padding_fn padding{};

/// `kept_values(values, tokens)`: the values of the tokens and of the first slot behind them, 0 from there on.
///
/// *Arguments*: a row of values and how many tokens the answer has.
/// *Use*:
///     bellman::conventions::trl::kept_values(std::array{1.0, 2.0, 3.0}, 1) == std::array{1.0, 2.0, 0.0}
inline constexpr detail::kept_values_fn kept_values{};

/// `gae(rewards, values, tokens, trace_parameters{.gamma = g, .lambda = l})`: the advantages and returns of one padded
/// row, before they are whitened. The slot behind the answer is a step of its own, with the score for reward and the
/// value that the critic gives to a padding token; so the last token bootstraps from that value, and the score is
/// discounted once more. From there on all is 0.
///
/// *Arguments*: random-access ranges of one length; how many tokens the answer has.
/// *Errors*: `invalid_value` for two lengths that differ.
/// *Source*: TRL, `PPOTrainer`.
/// *Use*:
///     bellman::conventions::trl::gae(std::array{0.0, 4.0, 0.0}, std::array{1.0, 3.0, 9.0}, 1,
///                                    bellman::trace_parameters{.gamma = 0.5, .lambda = 0.5}).advantages ==
///         std::array{0.75, 1.0, 0.0}
inline constexpr detail::gae_fn<internal::this_machine> gae{};

}  // namespace bellman::conventions::trl
