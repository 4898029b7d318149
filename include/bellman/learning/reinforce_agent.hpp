// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/decision/ending.hpp>
#include <bellman/decision/episode.hpp>
#include <bellman/estimation/discounted_returns.hpp>
#include <bellman/estimation/steps_or_ending.hpp>
#include <bellman/internal/verdict.hpp>
#include <bellman/learning/internal/a_critic.hpp>
#include <bellman/learning/internal/observed_episode.hpp>
#include <bellman/learning/policy_gradient_agent.hpp>
#include <bellman/scalar/arithmetic.hpp>
#include <bellman/value/discount.hpp>

#include <concepts>
#include <cstddef>
#include <utility>
#include <vector>

namespace bellman {

namespace refused {

struct the_actor_or_the_baseline_cannot_learn_from_these_states_and_actions {};

}  // namespace refused

namespace internal {

template <class Actor, class Baseline, class S, class A, class R>
struct an_episode_of_both
    : rule<requires(Actor& actor, Baseline& baseline, episode<S, A, R> const& seen, S const& s, A const& a,
                    typename Baseline::value_type const& x) {
        actor.improve(seen, std::vector<typename Baseline::value_type>());
        baseline(s);
        baseline.fit(s, a, x);
      }, refused::the_actor_or_the_baseline_cannot_learn_from_these_states_and_actions> {};

}  // namespace internal

/// `reinforce_agent(actor, baseline)`: REINFORCE with a baseline: after each episode
/// `theta += alpha sum_t gamma^t (G_t - b(s_t)) grad log pi(a_t | s_t)`, and the baseline learns the returns. Without a
/// baseline it is `policy_gradient_agent`.
///
/// *Arguments*: an `actor`; a `learner` of values of states, whose discount is that of the returns.
/// *Errors*: those of both; `invalid_value` for an episode that was truncated, unless the value of its last state is
/// given: `improve(episode, truncated{v})`.
/// *Cost*: a score and a gradient for each step.
/// *Laws*: whatever the baseline, the expected step of the actor is the policy gradient:
/// tests/learning/expected_steps.cpp.
/// *Source*: Williams 1992; Sutton and Barto, section 13.4.
/// *Use*:
///     [] {
///       auto const family = [](auto const& theta, int) {
///         return bellman::softmax(std::array{'x', 'y'}, std::array{theta[0], theta[1]});
///       };
///       bellman::reinforce_agent agent(
///           bellman::actor(bellman::policy_family(family, std::array{0.0, 0.0}), 1.0),
///           bellman::learner(bellman::value_table<double, int>(1.0), bellman::td_learning{.gamma = 0.5}, 0.5));
///       agent.improve(bellman::episode<int, char, double>{{0, 1}, {'x'}, {3.0}, {}});
///       return agent.baseline()(0) == 2.0 && agent.actor().policy().weights() == std::array{1.0, -1.0};
///     }()
template <class Actor, class Baseline, class Verdict = typename internal::an_actor_and_a_critic<Actor, Baseline>::type>
class reinforce_agent {
 public:
  // Of parts that do not go together, which no call has; the last argument of the type says why.
  template <class Reason = Verdict, class = typename Reason::yes>
  reinforce_agent(Actor const&, Baseline const&);
};

template <class Actor, class Baseline>
class reinforce_agent<Actor, Baseline, internal::accepted> {
 public:
  using value_type = typename Baseline::value_type;
  using V = value_type;

  constexpr reinforce_agent(Actor its_actor, Baseline its_baseline)
      : actor_(std::move(its_actor)),
        baseline_(std::move(its_baseline)),
        gamma_(V(discount_for<V>(baseline_.target().gamma).value())) {}

  /// The distribution over actions in a state.
  template <class S>
    requires std::invocable<Actor const&, S const&>
  constexpr auto operator()(S const& s) const {
    return actor_(s);
  }
  constexpr Actor const& actor() const& { return actor_; }
  constexpr Actor actor() && { return std::move(actor_); }
  constexpr Baseline const& baseline() const& { return baseline_; }
  constexpr Baseline baseline() && { return std::move(baseline_); }

  template <class S, class A, class R,
            class = typename internal::an_episode_of_both<Actor, Baseline, S, A, R>::type::yes>
  constexpr void improve(episode<S, A, R> const& seen) {
    if (!seen.has_terminated()) detail::a_truncated_episode_needs_the_value_of_its_last_state(seen.size());
    improve(seen, terminated{});
  }
  template <class S, class A, class R, class Ending,
            class = typename internal::every<
                internal::rule<internal::is_ending<Ending>, refused::this_is_no_ending>,
                internal::an_episode_of_both<Actor, Baseline, S, A, R>>::type::yes>
  constexpr void improve(episode<S, A, R> const& seen, Ending const& ending) {
    internal::check_lengths(seen);
    auto const returns = discounted_returns(seen.rewards, ending, gamma_);
    auto advantages = returns;
    V discounted = V(1);
    for (std::size_t t = 0; t < advantages.size(); ++t) {
      advantages[t] = product(discounted, difference(returns[t], baseline_(seen.states[t])));
      discounted = product(discounted, gamma_);
    }
    actor_.improve(seen, advantages);
    for (std::size_t t = 0; t < returns.size(); ++t) baseline_.fit(seen.states[t], seen.actions[t], returns[t]);
  }

 private:
  Actor actor_;
  Baseline baseline_;
  V gamma_;
};

template <class Actor, class Baseline>
reinforce_agent(Actor, Baseline) -> reinforce_agent<Actor, Baseline>;

}  // namespace bellman
