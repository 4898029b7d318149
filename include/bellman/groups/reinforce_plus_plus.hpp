// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/estimation/discounted_returns.hpp>
#include <bellman/groups/baseline.hpp>
#include <bellman/groups/grouping.hpp>
#include <bellman/groups/grpo.hpp>
#include <bellman/groups/internal/by_group.hpp>
#include <bellman/groups/internal/places.hpp>
#include <bellman/groups/internal/requirements.hpp>
#include <bellman/groups/internal/rows_there.hpp>
#include <bellman/groups/over_batch.hpp>
#include <bellman/groups/weighted_group_advantages.hpp>
#include <bellman/groups/whiten.hpp>
#include <bellman/internal/describe.hpp>
#include <bellman/internal/refuse.hpp>
#include <bellman/internal/verdict.hpp>
#include <bellman/probability/spread.hpp>
#include <bellman/scalar/internal/requirements.hpp>
#include <bellman/scalar/is_finite.hpp>
#include <bellman/scalar/register_width.hpp>

#include <concepts>
#include <cstddef>
#include <ranges>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

namespace bellman {

namespace refused {

struct the_rewards_of_these_sequences_cannot_be_discounted_by_this {};

}  // namespace refused

namespace detail {

template <class Sequences, class G>
using returns_of_t = std::vector<decltype(discounted_returns(*std::ranges::begin(std::declval<Sequences&>()),
                                                             std::declval<G const&>()))>;

template <class Sequences, class G>
struct a_discount_of_sequences
    : internal::rule<std::invocable<decltype(discounted_returns), std::ranges::range_reference_t<Sequences>, G const&>,
                     refused::the_rewards_of_these_sequences_cannot_be_discounted_by_this> {};

// The call in which the returns are whitened.
template <class Sequences, class G, class... Out>
struct a_whitening_of_returns
    : internal::a_group_call<std::remove_const_t<decltype(whiten)>, 1, returns_of_t<Sequences, G>&, Out...> {};

template <class X>
[[noreturn]] void rewards_of_tokens_must_be_finite(std::size_t sequence, std::size_t token, X const& x) {
  internal::refuse("bellman: sequence " + std::to_string(sequence) + ", token " + std::to_string(token) +
                   ": its reward is " + internal::describe(x) + "; it must be a finite number");
}

template <class Machine>
struct reinforce_plus_plus_fn {
  template <
      class Sequences, class G, class... Out,
      class = typename internal::every<internal::rule<internal::ranges_of_numbers<Sequences>,
                                                      refused::these_are_no_rewards_of_tokens_in_a_range_of_sequences>,
                                       internal::a_number_with_an_order<G>, a_discount_of_sequences<Sequences, G>,
                                       a_whitening_of_returns<Sequences, G, Out...>>::type::yes>
  constexpr auto operator()(Sequences&& sequences, G const& gamma, Out... out) const {
    returns_of_t<Sequences, G> returns;
    std::size_t sequence = 0;
    for (auto&& rewards : sequences) {
      check_rewards(sequence++, rewards);
      returns.push_back(discounted_returns(rewards, gamma));
    }
    return whiten(returns, out...);
  }

 private:
  // In the returns a reward that is no number is one of all tokens before it.
  template <class Rewards>
  static constexpr void check_rewards(std::size_t sequence, Rewards& rewards) {
    std::size_t token = 0;
    for (std::ranges::range_value_t<Rewards> const& x : rewards) {
      if (!is_finite(x)) detail::rewards_of_tokens_must_be_finite(sequence, token, x);
      ++token;
    }
  }
};

// The whitened advantages, each as often as its answer has tokens.
inline constexpr weighted_group_advantages<over_batch<group_mean>, over_batch<standard_deviation>> whitened_by_length{};

template <class Rewards, class Lengths, class... Out>
struct a_whitening_by_length
    : internal::a_group_call<std::remove_const_t<decltype(whitened_by_length)>, 2,
                             std::vector<internal::advantage_t<Rewards>>, Lengths, grouping, Out...> {};

struct reinforce_plus_plus_baseline_fn {
  template <class Rewards, class Lengths, class Groups, class... Out,
            class = typename internal::every<
                internal::a_grouping<Groups>,
                internal::a_group_call<std::remove_const_t<decltype(dr_grpo)>, 1, Rewards const&, grouping>,
                a_whitening_by_length<Rewards const&, Lengths const&, Out...>>::type::yes>
  constexpr auto operator()(Rewards const& rewards, Lengths const& lengths, Groups const& groups, Out... out) const {
    return whitened_by_length(dr_grpo(rewards, groups), lengths, internal::rows_there(rewards, groups), out...);
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
/// *Errors*: those of `discounted_returns` and of `whiten`; a reward that is NaN or infinite is `invalid_value` and is
/// named by its sequence and token.
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
