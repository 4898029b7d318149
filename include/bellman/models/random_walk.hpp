// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/decision/outcome.hpp>
#include <bellman/models/internal/known_values.hpp>
#include <bellman/probability/categorical.hpp>
#include <bellman/probability/dirac.hpp>
#include <bellman/probability/distribution.hpp>
#include <bellman/probability/internal/weights.hpp>

#include <array>
#include <ranges>

namespace bellman::models {

/// `random_walk<F, N, Left>`: from the middle of N states in a row one goes left or right by chance, until one leaves:
/// to the right, which pays 1, or to the left, which pays `Left`. There is one action: the random walk has values to
/// estimate, and nothing to decide.
///
/// The states are 1 to N, and the ends 0 and N + 1; the action is 0. The book's letters A to E are 1 to 5. Its walk of
/// 19 states, in which leaving to the left pays -1, is `random_walk<F, 19, -1>`.
///
/// *Arguments*: F: the numbers, of any field; N: how many states, at least one; Left: what leaving to the left pays.
/// *Laws*: `state_value` and `solve` find `value_at_discount_1`: tests/models.
/// *Source*: Sutton and Barto, examples 6.2 and 7.1.
/// *Use*:
///     bellman::models::random_walk<>{}.value_at_discount_1(3) == 0.5
template <class F = double, int N = 5, int Left = 0>
struct random_walk {
  static_assert(N > 0, "a walk has a state");

  using state_type = int;
  using action_type = int;
  using reward_type = F;

  constexpr auto states() const { return std::views::iota(0, N + 2); }
  constexpr auto actions(int) const { return std::views::iota(0, 1); }
  constexpr bool terminal(int s) const { return s == 0 || s == N + 1; }
  constexpr auto start() const { return dirac{(N + 1) / 2}; }

  constexpr auto transition(int s, int) const {
    F const half = internal::constant<F, 1, 2>();
    return categorical(bellman::internal::weights_checked{},
                       std::array{weighted{outcome{F(s == 1 ? Left : 0), s - 1}, half},
                                  weighted{outcome{F(s == N ? 1 : 0), s + 1}, half}});
  }

  /// `s / (N + 1)`, the probability of leaving to the right, plus `Left` times that of leaving to the left.
  static constexpr F value_at_discount_1(int s) {
    if (s == 0 || s == N + 1) return F(0);
    return internal::as<F>({s + Left * (N + 1 - s), N + 1});
  }
};

}  // namespace bellman::models
