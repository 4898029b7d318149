// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/decision/environment.hpp>
#include <bellman/decision/policy.hpp>
#include <bellman/decision/rollout.hpp>

namespace bellman {

/// What acts, and improves itself from what it sees.
///
/// Minimal definition: `policy_for<Agent, E>`, and `improve(episode)` with an episode of the environment.
///
/// Axiom: between two calls of `improve` its answers do not change.
///
/// Models: `policy_gradient_agent`; a language model in training, whose `operator()` gives the distribution of the next
/// token and whose `improve` takes an optimiser's step.
template <class Agent, class E>
concept agent_for = policy_for<Agent, E> && requires(Agent& agent, episode_of<E> const& seen) { agent.improve(seen); };

}  // namespace bellman
