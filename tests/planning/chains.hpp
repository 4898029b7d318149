// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>
#include <vector>

#include "models/listed_mdp.hpp"

/// Chains whose answers are known in closed form: environments with one action a state, 0.
namespace bellman::test {

inline constexpr auto only_action = [](int) { return 0; };

/// A gambler with stakes of 1 who wins with probability p, until nothing or n is left. A game costs 1.
template <class R>
constexpr ::models::listed_mdp<R> gambler(int n, R p) {
  std::vector<::models::listed_row<R>> rows;
  for (int s = 1; s < n; ++s) {
    rows.push_back({s, 0, p, s + 1, R(-1)});
    rows.push_back({s, 0, R(1) - p, s - 1, R(-1)});
  }
  return ::models::mdp_of_rows<R>(static_cast<std::size_t>(n) + 1, rows);
}

/// A walk over n places, to the right with probability p, that stays where it cannot go on. The last place pays 1.
template <class R>
constexpr ::models::listed_mdp<R> walk(int n, R p) {
  std::vector<::models::listed_row<R>> rows;
  for (int s = 0; s < n; ++s) {
    R const paid = s == n - 1 ? R(1) : R(0);
    rows.push_back({s, 0, p, s == n - 1 ? s : s + 1, paid});
    rows.push_back({s, 0, R(1) - p, s == 0 ? 0 : s - 1, paid});
  }
  return ::models::mdp_of_rows<R>(static_cast<std::size_t>(n), rows);
}

/// A ring of n places, always on to the next; place 0 pays n.
template <class R>
constexpr ::models::listed_mdp<R> ring(int n) {
  std::vector<::models::listed_row<R>> rows;
  for (int s = 0; s < n; ++s) rows.push_back({s, 0, R(1), (s + 1) % n, s == 0 ? R(n) : R(0)});
  return ::models::mdp_of_rows<R>(static_cast<std::size_t>(n), rows);
}

/// Two places: from 0 to 1 with probability a, back with probability b; place 1 pays 1.
template <class R>
constexpr ::models::listed_mdp<R> two_places(R a, R b) {
  return ::models::mdp_of_rows<R>(
      2, {{0, 0, R(1) - a, 0, R(0)}, {0, 0, a, 1, R(0)}, {1, 0, R(1) - b, 1, R(1)}, {1, 0, b, 0, R(1)}});
}

}  // namespace bellman::test
