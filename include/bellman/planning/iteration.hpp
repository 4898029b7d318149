// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/internal/describe.hpp>
#include <bellman/internal/refuse.hpp>
#include <bellman/planning/solving_method.hpp>
#include <bellman/planning/state_index.hpp>
#include <bellman/planning/sweep.hpp>
#include <bellman/scalar/arithmetic.hpp>
#include <bellman/scalar/magnitude.hpp>

#include <concepts>
#include <cstddef>
#include <limits>
#include <span>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

namespace bellman {

namespace detail {

template <class F>
[[noreturn]] void iteration_needs_a_discount_below_one(F const& kept) {
  internal::refuse("bellman: iteration cannot bound its error: a sweep keeps a share of " + internal::describe(kept) +
                   " of what follows, it must be below 1; use elimination");
}
template <class T>
[[noreturn]] void a_tolerance_must_be_above_zero(T const& tolerance) {
  internal::refuse("bellman: the tolerance is " + internal::describe(tolerance) + "; it must be above 0");
}

// The least and the largest share of what follows that a step keeps: gamma times the probability that it goes on.
template <class Table, class F, class Active>
constexpr std::pair<F, F> kept_shares(Table const& t, F const& gamma, Active const& active) {
  F least = gamma;
  F most = F(0);
  for (index_t s = 0; s < t.size(); ++s) {
    for (index_t slot : t.actions(s)) {
      if (!active(slot)) continue;
      F kept = F(0);
      for (auto const& e : t.transition(s, slot)) {
        if (!t.terminal(e.value.next)) kept = kept + static_cast<F>(product(gamma, static_cast<F>(e.probability)));
      }
      if (kept < least) least = kept;
      if (most < kept) most = kept;
    }
  }
  // Rounding, and weights that sum to a little more than one, must not make a share look smaller than it is.
  F const room = F(8) * std::numeric_limits<F>::epsilon();
  return {product(least, F(1) - room), product(most, F(1) + room)};
}

// How many roundings a value goes through in one sweep, at most.
template <class Table>
constexpr std::size_t longest_sum(Table const& t) {
  std::size_t longest = 0;
  for (index_t s = 0; s < t.size(); ++s) {
    std::size_t n = 0;
    for (index_t slot : t.actions(s)) n += t.successors(slot).size() + 3;
    if (longest < n) longest = n;
  }
  return longest + 4;
}

template <class Table>
constexpr auto largest_reward(Table const& t) {
  typename Table::reward_type largest(0);
  for (std::size_t slot = 0; slot < t.slots(); ++slot) {
    auto const size = magnitude(t.reward(static_cast<index_t>(slot)));
    if (largest < size) largest = size;
  }
  return largest;
}

}  // namespace detail

/// `iteration{tolerance}`: solve by sweeps of the operator until every value is certain to be within `tolerance` of the
/// fixed point.
///
/// If `T v - v` lies between lo and hi, the fixed point lies between `T v + k lo / (1 - k)` and `T v + k hi / (1 - k)`,
/// with k the share of what follows that a sweep keeps: the most of it where that makes the bound wider, the least
/// otherwise. The middle of the two is the answer, half their distance its error.
///
/// The bound is certain for the table's own numbers, rounding included. Should rounding set in above the tolerance, the
/// bound that was reached is returned.
///
/// *Arguments*: a tolerance above 0. Floating-point values only.
/// *Errors*: `invalid_value` for a tolerance that is not above 0, and where a step may keep all of what follows (a
/// discount of 1 and no end in sight), so that nothing is certain. Does not compile for other values.
/// *Cost*: O(transitions) a sweep; the number of sweeps is about log(1 / tolerance) / log(1 / gamma), much fewer where
/// nothing ends.
/// *Source*: MacQueen 1966; Puterman, section 6.6.
/// *Use*:
///     bellman::solve(
///         bellman::token_environment(bellman::vocabulary(std::array<std::string_view, 2>{".", "a"}, 0),
///                                    bellman::length_limit{2},
///                                    [](bellman::context const&, bellman::token t) { return 1.0 * t; }),
///         0.5, bellman::context{}, bellman::iteration{1e-6}).value.error_bound() <= 1e-6
struct iteration {
  double tolerance = 1e-9;

  template <class Problem>
  constexpr auto operator()(Problem const& problem) const {
    using V = typename Problem::value_type;
    static_assert(std::floating_point<V>, "bellman: iteration bounds its error for floating-point values only");
    using F = std::remove_cvref_t<decltype(problem.gamma())>;
    if (!(tolerance > 0)) detail::a_tolerance_must_be_above_zero(tolerance);
    auto const& t = problem.table();
    auto const kept = detail::kept_shares(t, problem.gamma(), problem.active());
    if (!(kept.second < F(1))) detail::iteration_needs_a_discount_below_one(kept.second);
    V const rounding = static_cast<V>(detail::longest_sum(t)) * std::numeric_limits<V>::epsilon();
    auto after = [&](V d, bool widens) {
      V const k = static_cast<V>(widens ? kept.second : kept.first);
      return product(k, d) / (V(1) - k);
    };
    V const reward = detail::largest_reward(t);
    bool const all_terminal = t.slots() == 0;
    std::vector<V> v(t.size(), V(0));
    std::vector<V> next(t.size(), V(0));
    V best = std::numeric_limits<V>::infinity();
    std::size_t stalled = 0;
    while (true) {
      sweep(problem.op(), t, std::span<V const>(v), std::span<V>(next));
      V lo = std::numeric_limits<V>::infinity();
      V hi = -lo;
      V largest = V(0);
      for (index_t s = 0; s < t.size(); ++s) {
        if (t.terminal(s)) continue;
        V const d = next[s] - v[s];
        if (d < lo) lo = d;
        if (hi < d) hi = d;
        V const size = magnitude(next[s]) + magnitude(v[s]);
        if (largest < size) largest = size;
      }
      largest += reward;
      if (all_terminal) return bounded_values<V>{std::move(next), V(0)};  // every state is terminal
      lo -= product(rounding, largest);
      hi += product(rounding, largest);
      V const below = after(lo, lo < V(0));
      V const above = after(hi, V(0) < hi);
      V const error = product(V(1) / 2, above - below) + product(rounding, largest);
      // Rounding may set in above the tolerance: then the bound stops shrinking, and is returned as it is.
      stalled = error < best ? 0 : stalled + 1;
      if (error < best) best = error;
      if (static_cast<double>(error) <= tolerance || stalled > 8) {
        V const middle = (above + below) / 2;
        for (index_t s = 0; s < t.size(); ++s) {
          if (!t.terminal(s)) next[s] += middle;
        }
        return bounded_values<V>{std::move(next), error};
      }
      std::swap(v, next);
    }
  }
};

template <>
inline constexpr bool is_solving_method_v<iteration> = true;

}  // namespace bellman
