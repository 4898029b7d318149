// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/decision/ending.hpp>
#include <bellman/decision/environment.hpp>
#include <bellman/decision/internal/environment_over.hpp>
#include <bellman/decision/internal/requirements.hpp>
#include <bellman/decision/policy.hpp>
#include <bellman/decision/rollout.hpp>
#include <bellman/internal/verdict.hpp>
#include <bellman/learning/internal/target_parts.hpp>
#include <bellman/learning/learning_target.hpp>
#include <bellman/probability/sample.hpp>
#include <bellman/probability/with_checked_weights.hpp>
#include <bellman/scalar/accumulator.hpp>

#include <cstddef>
#include <type_traits>
#include <utility>

namespace bellman {

namespace refused {

struct this_does_not_observe_the_steps_of_the_environment {};

}  // namespace refused

/// `episode_total{steps, reward, ending}`: how long an episode was, what it paid in all, and how it ended.
///
/// *Use*:
///     bellman::episode_total<double>{3, 2.0, bellman::terminated{}}.steps == 3
template <class R>
struct episode_total {
  std::size_t steps;
  R reward;
  episode_ending ending;

  friend bool operator==(episode_total const&, episode_total const&) = default;
};

namespace internal {

template <class Agent, class E>
consteval bool observes_steps() {
  if constexpr (reads_next_action<Agent>) {
    return requires(Agent& agent, state_t<E> const& s, action_t<E> const& a, reward_t<E> const& r) {
      agent.observe(s, a, r, s, a);
      agent.observe(s, a, r, terminated{});
      agent.observe(s, a, r, truncated<state_t<E>>{s}, a);
    };
  } else {
    return requires(Agent& agent, state_t<E> const& s, action_t<E> const& a, reward_t<E> const& r) {
      agent.observe(s, a, r, s);
      agent.observe(s, a, r, terminated{});
      agent.observe(s, a, r, truncated<state_t<E>>{s});
    };
  }
}

template <class Agent, class E>
struct an_observer_of
    : rule<internal::observes_steps<Agent, E>(), refused::this_does_not_observe_the_steps_of_the_environment> {};

}  // namespace internal

namespace detail {

struct learn_online_fn {
  template <class Agent, class E, class Policy, class G, class Env = internal::environment_argument_t<E>,
            class Start = internal::state_argument_t<Env>,
            class = typename internal::every<internal::an_environment<Env>, internal::transitions_to_sample<Env>,
                                             internal::a_policy_to_sample<Policy, Env>,
                                             internal::a_state_of<Start, Env>, internal::a_generator<G>,
                                             internal::an_observer_of<Agent, Env>>::type::yes>
  constexpr auto operator()(Agent& agent, E const& env, Policy const& policy, Start&& start, G&& urbg,
                            step_limit limit = {}) const {
    using S = state_t<Env>;
    using A = action_t<Env>;
    using R = reward_t<Env>;
    auto const& dynamics = internal::environment_itself(env);
    auto const choose = [&](S const& s) {
      A a = static_cast<A>(sample(action_distribution<Env>(policy, s), urbg));
      internal::check_action(dynamics, s, a);
      return a;
    };
    S s = static_cast<S>(std::forward<Start>(start));
    accumulator<R> paid;
    std::size_t steps = 0;
    bool is_over = dynamics.terminal(s);
    bool is_cut = !is_over && limit.steps == 0;
    if (is_over || is_cut) return ended(steps, paid, is_cut);
    A a = choose(s);
    while (true) {
      auto o = sample(with_checked_weights(dynamics.transition(s, a), s), urbg);
      R const reward = static_cast<R>(std::move(o.reward));
      S next = static_cast<S>(std::move(o.next));
      paid.add(reward);
      ++steps;
      is_over = dynamics.terminal(next);
      is_cut = !is_over && steps == limit.steps;
      if (is_over) {
        agent.observe(s, a, reward, terminated{});
        return ended(steps, paid, false);
      }
      if constexpr (internal::reads_next_action<Agent>) {
        A next_action = choose(next);
        if (is_cut) {
          agent.observe(s, a, reward, truncated<S>{next}, next_action);
          return ended(steps, paid, true);
        }
        agent.observe(s, a, reward, next, next_action);
        a = std::move(next_action);
      } else {
        if (is_cut) {
          agent.observe(s, a, reward, truncated<S>{next});
          return ended(steps, paid, true);
        }
        agent.observe(s, a, reward, next);
        a = choose(next);
      }
      s = std::move(next);
    }
  }

  template <class Agent, class E, class Policy, class G, class Env = internal::environment_argument_t<E>,
            class = typename internal::every<internal::an_environment<Env>, internal::transitions_to_sample<Env>,
                                             internal::a_start<Env>, internal::a_policy_to_sample<Policy, Env>,
                                             internal::a_generator<G>,
                                             internal::an_observer_of<Agent, Env>>::type::yes>
  constexpr auto operator()(Agent& agent, E const& env, Policy const& policy, G&& urbg, step_limit limit = {}) const {
    auto start = sample(with_checked_weights(internal::environment_itself(env).start()), urbg);
    return (*this)(agent, env, policy, static_cast<state_t<Env>>(std::move(start)), urbg, limit);
  }

 private:
  template <class R>
  static constexpr auto ended(std::size_t steps, accumulator<R> const& paid, bool is_cut) {
    using N = std::remove_cvref_t<decltype(paid.value())>;
    return episode_total<N>{steps, paid.value(), is_cut ? episode_ending(truncated{}) : episode_ending(terminated{})};
  }
};

}  // namespace detail

/// `learn_online(agent, env, policy, start, urbg)`: one episode from `start`, of which an agent observes each step as
/// it is taken; `learn_online(agent, env, policy, urbg)`: from a state drawn from `env.start()`; with a last argument
/// `step_limit{n}`, cut off after n steps. Gives the episode's `episode_total`.
///
/// The policy is asked anew in each state, so that one which follows the agent, as
/// `epsilon_greedy{env, std::cref(agent), e}` does, changes with it. An agent that reads the action taken next (Sarsa)
/// observes a step after that action was chosen, any other before it.
///
/// *Arguments*: a `learner`, an `actor_critic`, or what else observes; an environment; a policy for it; a generator.
/// *Errors*: `invalid_value` for an action that the environment does not have; those of `rollout` and of the agent.
/// *Cost*: as `rollout`, which is not stored, and what the agent takes for a step.
/// *Laws*: what is learned is what `improve(rollout(...))` learns, if the policy does not follow the agent:
/// tests/learning/views.cpp.
/// *Use*:
///     [] {
///       bellman::models::cliff_walking<double> const cliff;
///       bellman::learner agent(bellman::value_table<double, int>{}, bellman::td_learning{.gamma = 1.0}, 0.5);
///       auto const up = [](int) { return 0; };
///       return bellman::learn_online(agent, cliff, up, std::mt19937{}, bellman::step_limit{5}).reward == -5.0;
///     }()
inline constexpr detail::learn_online_fn learn_online{};

}  // namespace bellman
