// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <concepts>
#include <type_traits>
#include <utility>

namespace bellman {

/// `following{make}`: for a target's policy: the one that `make` makes of the prediction that is learned, as it is at
/// the time. So a learner follows itself, on the policy: its type cannot name itself, and a copy would stay behind.
///
/// *Arguments*: a callable of a prediction that gives a policy, which may refer to the prediction.
/// *Source*: Sutton and Barto, section 6.6.
/// *Use*:
///     [] {
///       bellman::models::cliff_walking<double> const cliff;
///       auto const mostly = [&cliff](auto const& q) {
///         return bellman::epsilon_greedy(std::cref(cliff), std::cref(q), 0.5);
///       };
///       bellman::learner agent(bellman::value_table<double, int, int>(4.0),
///                              bellman::expected_sarsa{.policy = bellman::following{mostly}, .gamma = 1.0}, 1.0);
///       // Half of the time one of four actions, half of the time the best: (3 * 4 + 0) / 8 + 4 / 2.
///       agent.observe(30, 0, 0.0, bellman::terminated{});
///       return agent.observe(29, 0, 0.0, 30) == -0.5;
///     }()
template <class Make>
struct following {
  Make make;
};
template <class Make>
following(Make) -> following<Make>;

namespace internal {

/// `policy_by(policy, p)`: what a target's policy is, by a prediction.
template <class Policy, class P>
constexpr Policy const& policy_by(Policy const& policy, P const&) {
  return policy;
}
template <class Make, class P>
  requires std::invocable<Make const&, P const&>
constexpr auto policy_by(following<Make> const& policy, P const& p) {
  return policy.make(p);
}

template <class Policy, class P>
using policy_by_t =
    std::remove_cvref_t<decltype(internal::policy_by(std::declval<Policy const&>(), std::declval<P const&>()))>;

}  // namespace internal

}  // namespace bellman
