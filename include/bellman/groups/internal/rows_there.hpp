// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/groups/grouping.hpp>
#include <bellman/groups/internal/check_rows.hpp>
#include <bellman/groups/internal/missing_rewards.hpp>
#include <bellman/internal/vector.hpp>

#include <cstddef>

namespace bellman::internal {

/// `rows_there(rewards, grouping)`: the same groups without the rows whose reward is missing, each with its number.
struct rows_there_fn {
  template <class Rewards>
  constexpr grouping operator()(Rewards& rewards, grouping const& groups) const {
    internal::check_rows(rewards, groups);
    if constexpr (rewards_with_missing<Rewards>) {
      internal::vector<char> is_there;
      for (auto&& reward : rewards) is_there.push_back(reward.has_value());
      return groups.with_rows([&](std::size_t row) { return is_there[row] != 0; });
    } else {
      return groups;
    }
  }
};
inline constexpr rows_there_fn rows_there{};

}  // namespace bellman::internal
