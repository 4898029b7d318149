// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/estimation/tree_backup.hpp>
#include <bellman/learning/following.hpp>
#include <bellman/learning/internal/target_parts.hpp>
#include <bellman/learning/learning_target.hpp>

#include <tuple>
#include <type_traits>

namespace bellman {

/// `tree_backup_learning{.policy = pi, .gamma = g, .lambda = l}`: the target of expected Sarsa with the traces
/// `lambda pi(A | S)`, which need not know what policy acted.
///
/// *Arguments*: as `expected_sarsa`; the decay is said.
/// *Laws*: tests/learning/views.cpp.
/// *Source*: Precup, Sutton and Singh 2000; Sutton and Barto, sections 7.5 and 12.10.
/// *Use*:
///     bellman::tree_backup_learning{.policy = [](int) { return 'x'; }, .gamma = 0.5, .lambda = 1.0}.lambda == 1.0
template <class Policy, class Gamma, class Lambda>
struct tree_backup_learning {
  using parts = of_actions;
  using estimator = internal::estimator_of<decltype(tree_backup)>;

  template <class P, class S, class A>
  using asks = internal::a_policy_of_target<internal::policy_by_t<Policy, P>, S, A, typename P::value_type>;

  Policy policy;
  Gamma gamma;
  Lambda lambda;

  template <class P, class S, class... A>
  constexpr auto answer(P const& p, S const& s, A const&...) const {
    return internal::policy_answer(internal::policy_by(policy, p), s);
  }
  template <class P, class S, class A>
  constexpr auto columns(P const& p, S const& s, A const& a) const {
    using V = std::remove_cvref_t<decltype(p(s, a))>;
    return std::tuple(parts::value(*this, p, s), p(s, a), internal::probability_of<V>(answer(p, s), a));
  }
};
template <class Policy, class Gamma, class Lambda>
tree_backup_learning(Policy, Gamma, Lambda) -> tree_backup_learning<Policy, Gamma, Lambda>;

}  // namespace bellman
