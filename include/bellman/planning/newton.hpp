// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/internal/vector.hpp>
#include <bellman/planning/fixed_point_of.hpp>
#include <bellman/planning/internal/policy_of_slots.hpp>
#include <bellman/planning/internal/table_values.hpp>
#include <bellman/planning/internal/table_with_rewards.hpp>
#include <bellman/planning/method.hpp>
#include <bellman/planning/solving_method.hpp>
#include <bellman/planning/state_index.hpp>
#include <bellman/scalar/arithmetic.hpp>
#include <bellman/scalar/internal/rounded.hpp>
#include <bellman/scalar/magnitude.hpp>
#include <bellman/scalar/maximum.hpp>
#include <bellman/scalar/scalar_traits.hpp>
#include <bellman/value/bellman_operator.hpp>
#include <bellman/value/choice.hpp>
#include <bellman/value/soft_policy.hpp>

#include <cstddef>
#include <type_traits>
#include <utility>
#include <vector>

namespace bellman {

namespace internal {

template <class Choice>
inline constexpr bool is_a_soft_choice = false;
template <class F, class Reference>
inline constexpr bool is_a_soft_choice<soft_choice<F, Reference>> = true;

/// A problem of a soft operator in floating point.
template <class Problem>
concept is_soft =
    is_a_soft_choice<typename std::remove_cvref_t<decltype(std::declval<Problem const&>().op())>::choice_type> &&
    rounds<typename Problem::value_type>;

}  // namespace internal

/// `newton{tolerance}`: a method for the soft operator, Newton's: the operator's derivative at v is a policy's, so that
/// a step is that policy's value, `v + d` with `d = T v - v + gamma P d`. It is policy iteration for softmax policies:
/// the number of steps hardly depends on the discount, where that of sweeps is in proportion to `1 / (1 - gamma)`.
///
/// *Arguments*: a tolerance relative to the largest value. For `fixed_point_of(bellman_soft(table, gamma, tau),
/// newton{})` in floating point.
/// *Errors*: those of `state_value` for the policies on the way.
/// *Cost*: some steps, each a sweep and a `state_value`.
/// *Laws*: the fixed point of iteration, within both bounds; the square of the last error, or rounding, is what a step
/// leaves: tests/planning/newton.cpp.
/// *Source*: Rust 1987; Puterman and Brumelle 1979.
/// *Use*:
///     [] {
///       auto const table = bellman::tabulate(
///           bellman::token_environment(bellman::vocabulary(std::array<std::string_view, 2>{".", "a"}, 0),
///                                      bellman::length_limit{2},
///                                      [](bellman::context const&, bellman::token) { return 3.0; }),
///           bellman::context{});
///       auto const found = bellman::fixed_point_of(bellman::bellman_soft(table, 0.5, 1.0), bellman::newton{});
///       return 4.0 < found.values[0] && found.values[0] < 4.1;
///     }()
struct newton {
  double tolerance = 1e-9;
  /// How many steps there are at most.
  std::size_t most_steps = 200;

  template <class Problem>
    requires internal::is_soft<Problem>
  constexpr std::vector<typename Problem::value_type> operator()(Problem const& problem) const {
    using V = typename Problem::value_type;
    std::vector<V> v(problem.table().size(), V(0));
    V last(-1);
    for (std::size_t k = 0; k < most_steps; ++k) {
      auto const d = step(problem, v);
      V moved(0);
      V size(0);
      for (index_t s = 0; s < v.size(); ++s) {
        v[s] = sum(v[s], d[s]);
        moved = maximum(moved, V(magnitude(d[s])));
        size = maximum(size, V(magnitude(v[s])));
      }
      // What is left is less than what was moved; from where rounding sets in, steps do not get smaller.
      bool const is_close = !(V(tolerance) * size / V(8) < moved);
      bool const noise = !(V(64) * scalar_traits<V>::epsilon() * size < moved) ||
                         (V(0) < last && !(moved < last) && moved < V(1e-3) * size);
      if (is_close || noise) break;
      last = moved;
    }
    return v;
  }

 private:
  template <class Problem, class V>
  static constexpr std::vector<V> step(Problem const& problem, std::vector<V> const& v) {
    auto const& t = problem.table();
    internal::table_values<V> const function{v.data()};
    auto const applied = problem.op()(function);
    soft_policy_of const policy(problem.op(), function);
    std::vector<V> p(t.slots(), V(0));
    std::vector<V> gains(t.slots(), V(0));
    for (index_t s = 0; s < t.size(); ++s) {
      if (t.terminal(s)) continue;
      V const gain = difference(V(applied(s)), v[s]);
      for (index_t const slot : t.actions(s)) gains[slot] = gain;
      for (auto const& e : policy(s)) p[e.value] = sum(p[e.value], V(e.probability));
    }
    auto const with_gains = internal::table_with_rewards(t, std::move(gains));
    return fixed_point_of(
               bellman_expectation(with_gains, internal::policy_of_probabilities(t, std::move(p)), problem.gamma()),
               automatic{1e-6})
        .values;
  }
};

template <>
inline constexpr bool is_solving_method_v<newton> = true;

}  // namespace bellman
