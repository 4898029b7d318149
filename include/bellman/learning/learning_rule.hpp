// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/internal/verdict.hpp>
#include <bellman/learning/feature.hpp>
#include <bellman/learning/td_update.hpp>
#include <bellman/scalar/field.hpp>

#include <type_traits>
#include <utility>
#include <vector>

namespace bellman {

namespace internal {

/// What a rule works with: its sizes, its traces.
template <class Rule, class V>
using started_t = std::remove_cvref_t<decltype(std::declval<Rule const&>().template start<V>())>;

template <class Working>
inline constexpr bool reads_next_gradient = false;
template <class Working>
  requires requires { Working::reads_next_gradient; }
inline constexpr bool reads_next_gradient<Working> = Working::reads_next_gradient;

template <class Working>
inline constexpr bool needs_the_value_as_predicted = false;
template <class Working>
  requires requires { Working::needs_the_value_as_predicted; }
inline constexpr bool needs_the_value_as_predicted<Working> = Working::needs_the_value_as_predicted;

template <class Working>
inline constexpr bool keeps_steps = false;
template <class Working>
  requires requires { Working::keeps_steps; }
inline constexpr bool keeps_steps<Working> = Working::keeps_steps;

template <class Working>
inline constexpr bool adds_up = false;
template <class Working>
  requires requires { Working::adds_up; }
inline constexpr bool adds_up<Working> = Working::adds_up;

template <class Working, class V>
concept works_on_updates = requires(Working& rule, std::vector<V>& w, td_update<V> const& seen) {
  rule(w, seen);
  rule.end_of_episode(w);
};

template <class Rule, class V>
concept starts = requires { typename started_t<Rule, V>; };

template <class Rule, class V>
inline constexpr bool is_a_learning_rule = false;
template <class Rule, class V>
  requires starts<Rule, V>
inline constexpr bool is_a_learning_rule<Rule, V> =
    works_on_updates<started_t<Rule, V>, V> || keeps_steps<started_t<Rule, V>>;

}  // namespace internal

/// How a prediction of numbers V is changed by what was seen.
///
/// Minimal definition: `rule.start<V>()`, a template, gives what the rule works with:
///  - `work(w, seen)`: changes the weights `w` by a `td_update<V>`;
///  - `work.end_of_episode(w)`: after the last step of an episode.
///
/// Besides, where they apply: `work.fit(w, gradient, error)`, a step along one gradient, for targets that are given;
/// `reads_next_gradient`, a constant true where the derivative of the next value is asked for;
/// `needs_the_value_as_predicted`, where only targets are taken that value a state as they predict it; `adds_up`,
/// where what is added to a weight does not depend on what was added before, so that `at_end_of_episode` may do it
/// later; `work.solve(w)` and `work.forget()`.
///
/// Models: `accumulating`, `replacing`, `dutch`, `gradient_correction`, `least_squares`, `recursive_least_squares`,
/// `at_end_of_episode`, `n_steps`.
template <class Rule, class V>
concept learning_rule = field<V> && internal::is_a_learning_rule<Rule, V>;

}  // namespace bellman
