// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/decision/ending.hpp>
#include <bellman/decision/episode.hpp>
#include <bellman/estimation/steps_or_ending.hpp>
#include <bellman/internal/verdict.hpp>
#include <bellman/learning/internal/a_critic.hpp>
#include <bellman/learning/internal/observed_episode.hpp>
#include <bellman/scalar/arithmetic.hpp>
#include <bellman/value/discount.hpp>

#include <concepts>
#include <cstddef>
#include <utility>

namespace bellman {

namespace refused {

struct the_actor_or_the_critic_cannot_learn_from_this_step {};

}  // namespace refused

namespace internal {

template <class Actor, class Critic, class S, class A, class R, class After>
struct a_step_of_both
    : rule<requires(Critic& critic, Actor const& actor, S const& s, A const& a, R const& r, After const& after) {
        critic.observe(s, a, r, after);
        actor.check(s, a);
      }, refused::the_actor_or_the_critic_cannot_learn_from_this_step> {};

}  // namespace internal

/// `actor_critic(actor, critic)`: a critic learns the values of the policy that acts, and its TD errors are the actor's
/// advantages: `theta += alpha gamma^t delta_t grad log pi(a_t | s_t)`.
///
/// `observe(...)` and `improve(episode)` as those of the critic; `agent(s)` is the actor's policy.
///
/// *Arguments*: an `actor`; a `learner` of values of states, such as `td_learning` with traces, whose discount is that
/// of the objective.
/// *Errors*: those of both; both are then as they were.
/// *Cost*: that of both.
/// *Laws*: with the true values the expected step of the actor is the policy gradient:
/// tests/learning/expected_steps.cpp.
/// *Source*: Sutton and Barto, section 13.5.
/// *Use*:
///     [] {
///       auto const family = [](auto const& theta, int) {
///         return bellman::softmax(std::array{'x', 'y'}, std::array{theta[0], theta[1]});
///       };
///       bellman::actor_critic agent(
///           bellman::actor(bellman::policy_family(family, std::array{0.0, 0.0}), 1.0),
///           bellman::learner(bellman::value_table<double, int>{}, bellman::td_learning{.gamma = 0.5}, 0.5));
///       return agent.observe(0, 'x', 2.0, bellman::terminated{}) == 2.0 && agent.critic()(0) == 1.0 &&
///              agent.actor().policy().weights() == std::array{1.0, -1.0};
///     }()
template <class Actor, class Critic, class Verdict = typename internal::an_actor_and_a_critic<Actor, Critic>::type>
class actor_critic {
 public:
  // Of parts that do not go together, which no call has; the last argument of the type says why.
  template <class Reason = Verdict, class = typename Reason::yes>
  actor_critic(Actor const&, Critic const&);
};

template <class Actor, class Critic>
class actor_critic<Actor, Critic, internal::accepted> {
 public:
  using value_type = typename Critic::value_type;
  using V = value_type;

  constexpr actor_critic(Actor its_actor, Critic its_critic)
      : actor_(std::move(its_actor)),
        critic_(std::move(its_critic)),
        gamma_(V(discount_for<V>(critic_.target().gamma).value())) {}

  static constexpr bool reads_next_action = Critic::reads_next_action;

  /// The distribution over actions in a state.
  template <class S>
    requires std::invocable<Actor const&, S const&>
  constexpr auto operator()(S const& s) const {
    return actor_(s);
  }
  constexpr Actor const& actor() const& { return actor_; }
  constexpr Actor actor() && { return std::move(actor_); }
  constexpr Critic const& critic() const& { return critic_; }
  constexpr Critic critic() && { return std::move(critic_); }

  template <class S, class A, class R, class After,
            class = typename internal::a_step_of_both<Actor, Critic, S, A, R, After>::type::yes>
  constexpr V observe(S const& s, A const& a, R const& reward, After const& after) {
    actor_.check(s, a);
    V const error = critic_.observe(s, a, reward, after);
    actor_.observe(s, a, V(product(discounted_, error)));
    discounted_ = internal::is_ending<After> ? V(1) : V(product(discounted_, gamma_));
    return error;
  }
  template <class S, class A, class R,
            class = typename internal::every<internal::a_step_of_both<Actor, Critic, S, A, R, S>,
                                             internal::a_step_of_both<Actor, Critic, S, A, R, terminated>>::type::yes>
  constexpr void improve(episode<S, A, R> const& seen) {
    internal::check_episode<actor_critic>(seen);
    for (std::size_t t = 0; t < seen.size(); ++t) actor_.check(seen.states[t], seen.actions[t]);
    internal::observe_steps(*this, seen);
  }

 private:
  Actor actor_;
  Critic critic_;
  V gamma_;
  V discounted_ = V(1);  // gamma^t
};

template <class Actor, class Critic>
actor_critic(Actor, Critic) -> actor_critic<Actor, Critic>;

}  // namespace bellman
