// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/estimation/discounted_returns.hpp>
#include <bellman/groups/baseline.hpp>
#include <bellman/groups/grouping.hpp>
#include <bellman/groups/grpo.hpp>
#include <bellman/groups/over_batch.hpp>
#include <bellman/groups/weighted_group_advantages.hpp>
#include <bellman/groups/whiten.hpp>
#include <bellman/probability/spread.hpp>
#include <bellman/scalar/register_width.hpp>

#include <iterator>
#include <ranges>
#include <vector>

namespace bellman {

namespace detail {

template <class Machine>
struct reinforce_plus_plus_fn {
  template <std::ranges::forward_range Sequences, class G, std::input_or_output_iterator... Out>
  constexpr auto operator()(Sequences&& sequences, G const& gamma, Out... out) const {
    using returns_t = decltype(discounted_returns(*std::ranges::begin(sequences), gamma));
    std::vector<returns_t> returns;
    for (auto&& rewards : sequences) returns.push_back(discounted_returns(rewards, gamma));
    return whiten(returns, out...);
  }
};

struct reinforce_plus_plus_baseline_fn {
  template <std::ranges::random_access_range Rewards, std::ranges::random_access_range Lengths,
            std::input_or_output_iterator... Out>
  constexpr auto operator()(Rewards const& rewards, Lengths const& lengths, grouping const& groups, Out... out) const {
    constexpr weighted_group_advantages<over_batch<group_mean>, over_batch<standard_deviation>> whitened{};
    return whitened(dr_grpo(rewards, groups), lengths, groups, out...);
  }
};

}  // namespace detail

/// `reinforce_plus_plus(sequences, gamma)`: the discounted returns of every token, from the rewards of its sequence,
/// whitened over all tokens of the batch.
///
/// Where a sequence was cut off or has tokens that are not the policy's own, whiten what its returns are:
/// `whiten(returns)`.
///
/// *Arguments*: a range of sequences of rewards, each of its own length; a discount. Gives a vector of sequences; a
/// last argument `out` writes the numbers one after another and returns its end.
/// *Errors*: those of `discounted_returns` and of `whiten`.
/// *Cost*: O(tokens), one vector for each sequence.
/// *Source*: Hu 2025.
/// *Use*:
///     bellman::reinforce_plus_plus(std::vector<std::vector<double>>{{0, 4}, {2}, {0}}, 1.0)[1][0] < 0
inline constexpr detail::reinforce_plus_plus_fn<internal::this_machine> reinforce_plus_plus{};

/// `reinforce_plus_plus_baseline(rewards, lengths, grouping)`: the reward less the mean of its group, then whitened
/// over all tokens of the batch, of which each answer has as many as its length: one number for each answer, to be
/// given to each of its tokens.
///
/// *Arguments*: random-access ranges with a number for each row, and the grouping of the rows. A last argument `out`
/// writes the advantages there and returns its end.
/// *Errors*: those of `weighted_group_advantages`.
/// *Cost*: O(n), vectors for the rows.
/// *Source*: Hu 2025.
/// *Use*:
///     bellman::reinforce_plus_plus_baseline(std::array{1.0, 1.0}, std::array{3, 5},
///                                           bellman::grouping::consecutive(2, 2)) == std::vector{0.0, 0.0}
inline constexpr detail::reinforce_plus_plus_baseline_fn reinforce_plus_plus_baseline{};

}  // namespace bellman
