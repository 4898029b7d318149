// SPDX-License-Identifier: BSL-1.0
#pragma once

// [block]
#include <bellman/groups/by_group.hpp>
#include <bellman/groups/group_advantages.hpp>
#include <bellman/probability/spread.hpp>
#include <bellman/probability/statistics.hpp>

#include <vector>

namespace extensions {

// A baseline: the reward that half of what is possible would be. With a scale of the library it is a method.
struct half_way {
  template <class V, class W>
  constexpr V operator()(bellman::statistics<V, W> const&, V const&) const {
    return V(1) / V(2);
  }
};
inline constexpr bellman::group_advantages half_way_advantages{half_way{}, bellman::standard_deviation{}};

// A method that is no quotient: better than how many of the group, less worse than how many.
struct ranks {
  template <class Rewards>
  constexpr auto of_group(Rewards const& rewards) const {
    return [all = std::vector<double>(rewards.begin(), rewards.end())](double reward) {
      int rank = 0;
      for (double const r : all) rank += (r < reward) - (reward < r);
      return rank;
    };
  }
};
inline constexpr bellman::by_group<ranks> rank_advantages{};

}  // namespace extensions
// [block]
