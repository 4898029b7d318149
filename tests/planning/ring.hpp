// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/decision/outcome.hpp>
#include <bellman/probability/dirac.hpp>

#include <ranges>

namespace bellman::test {

/// States in a ring, of which the first alone pays; with `ends`, a path whose every step pays.
template <class R>
struct ring {
  using state_type = int;
  using action_type = int;
  using reward_type = R;

  int n;
  R pays = R(1);
  bool ends = false;

  auto states() const { return std::views::iota(0, ends ? n + 1 : n); }
  auto actions(int) const { return std::views::single(0); }
  bool terminal(int s) const { return ends && s == n; }
  auto transition(int s, int) const { return dirac{outcome{ends || s == 0 ? pays : R(0), ends ? s + 1 : (s + 1) % n}}; }
};

}  // namespace bellman::test
