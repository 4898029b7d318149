// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/conventions/arrays/for_every_token.hpp>
#include <bellman/conventions/arrays/own_or_zero.hpp>
#include <bellman/decision/ending.hpp>
#include <bellman/estimation/returns_to_go.hpp>
#include <bellman/scalar/as_number.hpp>
#include <bellman/scalar/register_width.hpp>

#include <ranges>
#include <vector>

namespace bellman::internal {

/// `masked_rewards_to_go(token_rewards, masks)`: for each row, at each position, the sum of the rewards from there on
/// of the tokens that its mask keeps. Throws `invalid_value` where rows and masks do not match.
template <class Machine = this_machine, class Rows, class Masks>
constexpr auto masked_rewards_to_go(Rows const& token_rewards, Masks const& masks) {
  using R = number_t<std::ranges::range_value_t<std::ranges::range_value_t<Rows>>>;
  conventions::rows_fit_masks(token_rewards, masks);
  std::vector<std::vector<R>> returns;
  auto mask = std::ranges::begin(masks);
  for (auto const& rewards : token_rewards) {
    returns.push_back(returns_to_go(conventions::own_or_zero(*mask, rewards), terminated{}, 1));
    ++mask;
  }
  return returns;
}

}  // namespace bellman::internal
