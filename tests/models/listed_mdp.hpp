// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/decision/outcome.hpp>
#include <bellman/probability/distribution.hpp>

#include <cstddef>
#include <ranges>
#include <vector>

namespace models {

/// A finite environment given by its outcomes: `outcomes[s][a]` lists those of action `a` in state `s`. A state without
/// actions is terminal.
template <class R>
struct listed_mdp {
  using state_type = int;
  using action_type = int;
  using reward_type = R;
  using point = bellman::weighted<bellman::outcome<R, int>, R>;

  std::vector<std::vector<std::vector<point>>> outcomes;

  constexpr auto states() const { return std::views::iota(0, static_cast<int>(outcomes.size())); }
  constexpr auto actions(int s) const {
    return std::views::iota(0, static_cast<int>(outcomes[static_cast<std::size_t>(s)].size()));
  }
  constexpr bool terminal(int s) const { return outcomes[static_cast<std::size_t>(s)].empty(); }
  constexpr std::vector<point> const& transition(int s, int a) const {
    return outcomes[static_cast<std::size_t>(s)][static_cast<std::size_t>(a)];
  }
};

/// One outcome, as tables of models are written: from `s` by action `a`, with probability `p`, to `next`, for a reward.
template <class R>
struct listed_row {
  int s;
  int a;
  R p;
  int next;
  R reward;
};

/// The environment of `n` states with these outcomes; the actions of a state are numbered from 0 on.
template <class R>
constexpr listed_mdp<R> mdp_of_rows(std::size_t n, std::vector<listed_row<R>> const& rows) {
  listed_mdp<R> env;
  env.outcomes.resize(n);
  for (auto const& row : rows) {
    auto& actions = env.outcomes[static_cast<std::size_t>(row.s)];
    while (actions.size() <= static_cast<std::size_t>(row.a)) actions.emplace_back();
    actions[static_cast<std::size_t>(row.a)].push_back({{row.reward, row.next}, row.p});
  }
  return env;
}

}  // namespace models
