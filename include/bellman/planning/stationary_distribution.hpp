// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/decision/environment.hpp>
#include <bellman/decision/internal/environment_over.hpp>
#include <bellman/decision/internal/requirements.hpp>
#include <bellman/internal/verdict.hpp>
#include <bellman/planning/internal/followed_table.hpp>
#include <bellman/planning/internal/policy_chain.hpp>
#include <bellman/planning/internal/requirements.hpp>
#include <bellman/planning/internal/visits.hpp>
#include <bellman/planning/occupancy_measure.hpp>
#include <bellman/planning/tabulate.hpp>
#include <bellman/value/bellman_operator.hpp>

#include <type_traits>
#include <utility>

namespace bellman {

namespace detail {

struct stationary_distribution_fn {
  template <class E, class Policy, class... Start, class Env = internal::environment_argument_t<E>,
            class = typename internal::every<internal::an_environment<Env>, internal::rewards_with_a_mean<Env>,
                                             internal::a_policy_of_means_for<Policy, Env>,
                                             internal::where_to_begin<Env, Start...>>::type::yes>
  constexpr auto operator()(E&& env, Policy const& policy, Start const&... start) const {
    return internal::with_followed_table<Env>(std::forward<E>(env), policy, over<Policy>{policy}, start...);
  }

 private:
  template <class Policy>
  struct over {
    Policy const& policy;

    template <class E, class Table>
    constexpr auto operator()(std::type_identity<E>, Table const& t) const {
      auto const pi = tabulate(t, policy);
      auto const op = bellman_expectation(t.numbers(), pi, 1);
      internal::policy_chain chain(op);
      auto const classes = chain.recurrent_classes();
      if (classes.size() != 1) internal::there_must_be_one_recurrent_class(t, classes);
      using W = typename decltype(chain)::W;
      return occupancy_measure<E, W, std::remove_const_t<decltype(pi)>, Table>(
          t, pi, internal::shares_of_class(chain, classes.states));
    }
  };
};

}  // namespace detail

/// `stationary_distribution(env, policy)`: the share of time that a policy spends in each state in the long run, the
/// `mu` with `mu(s') = sum_s mu(s) P(s' | s)`, and `mu(s, a) = mu(s) pi(a | s)`.
/// `stationary_distribution(env, policy, start)` looks at what the policy comes to from `start` alone.
///
/// In floating point each share is right in relation to itself, however small, as `discounted_occupancy` is:
/// `mu.lower(s) <= true <= mu.upper(s)`.
///
/// *Arguments*: an environment, a policy for it; `start`: a state, a distribution over states or a range of them. A
/// state that is terminal is stayed in for ever. A chain that goes round in a cycle has such shares as well.
/// *Errors*: `invalid_value` where there are several sets of states that the policy never leaves, which are named;
/// those of `tabulate`.
/// *Cost*: O(transitions), and up to O(m^3) for a set of m states.
/// *Laws*: it is the same one step later; `mu.expected_reward()` is the policy's gain, `average_reward`; it is the
/// limit of `(1 - gamma) d` for the discounted occupancy `d`: tests/planning.
/// *Source*: Grassmann, Taksar and Heyman, Operations Research 33 (1985); O'Cinneide, Numer. Math. 65 (1993).
/// *Use*:
///     bellman::stationary_distribution(
///         bellman::token_environment(bellman::vocabulary(std::array<std::string_view, 2>{".", "a"}, 0),
///                                    bellman::length_limit{2},
///                                    [](bellman::context const&, bellman::token t) { return 1.0 * t; }),
///         [](bellman::context const&) { return 0; }, bellman::context{})(
///             bellman::concat(bellman::context{}, 0)) == 1.0
inline constexpr detail::stationary_distribution_fn stationary_distribution{};

}  // namespace bellman
