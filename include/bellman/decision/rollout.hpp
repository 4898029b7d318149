// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/decision/ending.hpp>
#include <bellman/decision/environment.hpp>
#include <bellman/decision/episode.hpp>
#include <bellman/decision/internal/environment_over.hpp>
#include <bellman/decision/internal/requirements.hpp>
#include <bellman/decision/policy.hpp>
#include <bellman/internal/verdict.hpp>
#include <bellman/probability/sample.hpp>
#include <bellman/probability/with_checked_weights.hpp>

#include <cstddef>
#include <limits>
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
  template <class E, class Policy, class G, class Env = internal::environment_argument_t<E>,
            class Start = internal::state_argument_t<Env>,
            class = typename internal::every<internal::an_environment<Env>, internal::transitions_to_sample<Env>,
                                             internal::a_policy_to_sample<Policy, Env>,
                                             internal::a_state_of<Start, Env>, internal::a_generator<G>>::type::yes>
  constexpr auto operator()(E const& env, Policy const& policy, Start&& start, G&& urbg, step_limit limit = {}) const {
    auto const& dynamics = internal::environment_itself(env);
    episode_of<Env> seen;
    seen.states.push_back(static_cast<state_t<Env>>(std::forward<Start>(start)));
    while (!dynamics.terminal(seen.states.back())) {
      if (seen.size() == limit.steps) {
        seen.ending = truncated{};
        return seen;
      }
      auto const& s = seen.states.back();
      action_t<Env> a = static_cast<action_t<Env>>(sample(action_distribution<Env>(policy, s), urbg));
      auto o = sample(with_checked_weights(dynamics.transition(s, a), s), urbg);
      seen.actions.push_back(std::move(a));
      seen.rewards.push_back(static_cast<reward_t<Env>>(std::move(o.reward)));
      seen.states.push_back(static_cast<state_t<Env>>(std::move(o.next)));
    }
    return seen;
  }

  template <class E, class Policy, class G, class Env = internal::environment_argument_t<E>,
            class = typename internal::every<internal::an_environment<Env>, internal::transitions_to_sample<Env>,
                                             internal::a_start<Env>, internal::a_policy_to_sample<Policy, Env>,
                                             internal::a_generator<G>>::type::yes>
  constexpr auto operator()(E const& env, Policy const& policy, G&& urbg, step_limit limit = {}) const {
    auto start = sample(with_checked_weights(internal::environment_itself(env).start()), urbg);
    return (*this)(env, policy, static_cast<state_t<Env>>(std::move(start)), urbg, limit);
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
