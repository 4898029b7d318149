// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/decision/ending.hpp>
#include <bellman/decision/environment.hpp>
#include <bellman/decision/episode.hpp>
#include <bellman/decision/internal/checked_environment.hpp>
#include <bellman/decision/internal/checked_policy.hpp>
#include <bellman/decision/policy.hpp>
#include <bellman/probability/internal/with_checked_weights.hpp>
#include <bellman/probability/sample.hpp>

#include <cstddef>
#include <limits>
#include <type_traits>
#include <utility>

namespace bellman {

/// `step_limit{n}`: the most steps that are taken before an episode is cut off: it is then *truncated*.
struct step_limit {
  std::size_t steps = (std::numeric_limits<std::size_t>::max)();
};

/// The type of the episodes of an environment.
template <environment E>
using episode_of = episode<state_t<E>, action_t<E>, reward_t<E>>;

namespace detail {

struct rollout_fn {
  template <class E, class Policy, class G>
  constexpr auto operator()(E const& env, Policy const& policy, std::type_identity_t<state_t<E>> start, G&& urbg,
                            step_limit limit = {}) const {
    if constexpr (internal::checked_environment<E> && internal::checked_policy<Policy, E>) {
      episode_of<E> seen;
      seen.states.push_back(std::move(start));
      while (!env.terminal(seen.states.back())) {
        if (seen.size() == limit.steps) {
          seen.ending = truncated{};
          return seen;
        }
        auto const& s = seen.states.back();
        action_t<E> a = static_cast<action_t<E>>(sample(action_distribution<E>(policy, s), urbg));
        auto o = sample(internal::with_checked_weights(env.transition(s, a)), urbg);
        seen.actions.push_back(std::move(a));
        seen.rewards.push_back(static_cast<reward_t<E>>(std::move(o.reward)));
        seen.states.push_back(static_cast<state_t<E>>(std::move(o.next)));
      }
      return seen;
    }
  }

  template <class E, class Policy, class G>
    requires episodic_environment<E> && random_bit_generator<std::remove_reference_t<G>>
  constexpr auto operator()(E const& env, Policy const& policy, G&& urbg, step_limit limit = {}) const {
    auto start = sample(internal::with_checked_weights(env.start()), urbg);
    return (*this)(env, policy, static_cast<state_t<E>>(std::move(start)), urbg, limit);
  }
};

}  // namespace detail

/// `rollout(env, policy, start, urbg)`: one episode from `start` until a terminal state;
/// `rollout(env, policy, urbg)`: from a state drawn from `env.start()`;
/// with a last argument `step_limit{n}`, cut off after `n` steps and then *truncated*.
///
/// Without a limit the policy must end with probability one, or this does not return.
///
/// *Arguments*: an environment and a policy for it; `urbg`: any `std::uniform_random_bit_generator`.
/// *Errors*: `invalid_value` for weights, of `start()`, the policy or a transition, that are no distribution.
/// *Cost*: one sample of the policy and one of the transition a step.
/// *Laws*: the mean return of many is the expectation over `trajectories`: tests/decision/rollout.cpp.
/// *Use*:
///     bellman::rollout(
///         bellman::token_environment(bellman::vocabulary(std::array<std::string_view, 2>{".", "a"}, 0),
///                                    bellman::length_limit{2},
///                                    [](bellman::context const&, bellman::token) { return 1.0; }),
///         [](bellman::context const&) { return 1; }, bellman::context{}, std::mt19937{}).rewards ==
///         std::vector{1.0, 1.0}
inline constexpr detail::rollout_fn rollout{};

}  // namespace bellman
