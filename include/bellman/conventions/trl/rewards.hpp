// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/conventions/internal/requirements.hpp>
#include <bellman/internal/refuse.hpp>

#include <cstddef>
#include <string>
#include <vector>

namespace bellman::conventions::trl {

namespace detail {

[[noreturn]] inline void an_answer_must_fit_into_its_row(std::size_t tokens, std::size_t padded) {
  internal::refuse("bellman: an answer of " + std::to_string(tokens) + " tokens in a row of " + std::to_string(padded) +
                   "; it must have at least one and fit");
}

struct outcome_rewards_fn {
  template <class R, class = typename internal::a_number_or_vector<R>::type::yes>
  constexpr std::vector<R> operator()(std::size_t tokens, std::size_t padded, R const& reward) const {
    if (tokens == 0 || padded < tokens) an_answer_must_fit_into_its_row(tokens, padded);
    std::vector<R> rewards(padded, R{});
    rewards[tokens < padded ? tokens : tokens - 1] = reward;
    return rewards;
  }
};

}  // namespace detail

/// `outcome_rewards(tokens, padded, r)`: a padded row with `r` on the first slot of the padding, one step after
/// `bellman::outcome_rewards`, so that it is discounted once more and the value of a padding token is bootstrapped
/// from; on the last token where the row has no padding. TRL's PPO trainer.
///
/// *Arguments*: the number of tokens, that of slots in the row, and the reward.
/// *Errors*: an answer of no tokens, and one that does not fit into its row, throw `invalid_value`.
/// *Cost*: O(padded).
/// *Use*:
///     bellman::conventions::trl::outcome_rewards(2, 4, 1.0) == std::vector{0.0, 0.0, 1.0, 0.0}
inline constexpr detail::outcome_rewards_fn outcome_rewards{};

}  // namespace bellman::conventions::trl
