// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/decision/outcome.hpp>
#include <bellman/probability/distribution.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <ranges>

#include "models/listed_mdp.hpp"

namespace models {

/// A small environment that is made of a seed, the same in any field: up to three actions a state, each of three
/// outcomes with weights in 32ths, some of them 0, and whole rewards in [-2, 3]. Its last state is terminal where
/// `Ends`; every action ends there by a share of at least 1/32 where `Hurries`.
template <class F, std::uint64_t Seed, bool Ends, bool Hurries = false>
struct generated_mdp {
  using state_type = int;
  using action_type = int;
  using reward_type = F;

  static constexpr int count = 2 + static_cast<int>(Seed % 6);

  // Sebastiano Vigna's SplitMix64.
  static constexpr std::uint64_t number(int s, int a) {
    std::uint64_t x = Seed * 1000003 + static_cast<std::uint64_t>(s * 7 + a) * 0x9e3779b97f4a7c15ULL;
    x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9ULL;
    x = (x ^ (x >> 27)) * 0x94d049bb133111ebULL;
    return x ^ (x >> 31);
  }

  constexpr auto states() const { return std::views::iota(0, count); }
  constexpr auto actions(int s) const { return std::views::iota(0, 1 + static_cast<int>(number(s, 6) % 3)); }
  constexpr bool terminal(int s) const { return Ends && s == count - 1; }
  constexpr auto transition(int s, int a) const {
    std::uint64_t const x = number(s, a);
    int const p = static_cast<int>(x % (Hurries ? 32 : 33));
    int const q = static_cast<int>((x >> 8) % static_cast<unsigned>((Hurries ? 32 : 33) - p));
    auto const state = [&](int shift) { return static_cast<int>((x >> shift) % static_cast<unsigned>(count)); };
    auto const reward = F(static_cast<int>((x >> 40) % 6) - 2);
    using point = bellman::weighted<bellman::outcome<F, int>, F>;
    return std::array{point{{reward, state(16)}, F(p) / F(32)}, point{{reward, state(24)}, F(q) / F(32)},
                      point{{reward, Hurries ? count - 1 : state(32)}, F(32 - p - q) / F(32)}};
  }
};

/// An environment of consecutive integers as one that is only known at run time, so that what solves it is compiled
/// once.
template <class E>
listed_mdp<typename E::reward_type> listed(E const& env) {
  listed_mdp<typename E::reward_type> copy;
  for (int const s : env.states()) {
    auto& actions = copy.outcomes.emplace_back();
    if (env.terminal(s)) continue;
    for (int const a : env.actions(s)) {
      auto const row = env.transition(s, a);
      actions.emplace_back(row.begin(), row.end());
    }
  }
  return copy;
}

}  // namespace models
