// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/decision/environment.hpp>
#include <bellman/decision/internal/environment_over.hpp>
#include <bellman/decision/internal/requirements.hpp>
#include <bellman/decision/outcome.hpp>
#include <bellman/internal/verdict.hpp>
#include <bellman/probability/dirac.hpp>
#include <bellman/probability/distribution.hpp>
#include <bellman/probability/map.hpp>
#include <bellman/scalar/field.hpp>
#include <bellman/scalar/internal/requirements.hpp>
#include <bellman/scalar/scalar_traits.hpp>

#include <concepts>
#include <type_traits>
#include <utility>

namespace bellman {

namespace refused {

struct a_score_is_of_a_field_and_integers_are_not {};
struct a_reward_is_called_with_state_action_and_next_or_state_and_action_or_is_an_outcome_reward {};

}  // namespace refused

/// A reward given once, for the state in which an episode ends: `score(next)` when `next` is terminal, 0 before.
///
/// A reward model that judges whole answers is one; so is a `verifiable` rule.
///
/// *Use*:
///     bellman::outcome_reward{[](int s) { return 0.5 * s; }}.score(4) == 2.0
template <class Score>
struct outcome_reward {
  Score score;

  template <class E>
    requires requires(Score const& s, state_t<E> const& next) {
      requires internal::number_or_vector<std::remove_cvref_t<decltype(s(next))>>;
    }
  constexpr auto operator()(E const& dynamics, state_t<E> const& next) const {
    using R = std::remove_cvref_t<decltype(score(next))>;
    return dynamics.terminal(next) ? score(next) : scalar_traits<R>::zero();
  }
};

template <class Score>
outcome_reward(Score) -> outcome_reward<Score>;

/// A rule that can be checked: `right(next)` gives the score 1, anything else 0, as numbers of the field `R`. What
/// `verifiable` makes an `outcome_reward` of.
template <field R, class Right>
struct verifiable_score {
  Right right;

  template <class S>
    requires std::predicate<Right const&, S const&>
  constexpr R operator()(S const& s) const {
    return right(s) ? R(1) : R(0);
  }
};

namespace detail {

template <class R>
struct verifiable_fn {
  template <class Right, class F = R,
            class = typename internal::rule<field<F>, refused::a_score_is_of_a_field_and_integers_are_not>::type::yes>
  constexpr auto operator()(Right right) const {
    return outcome_reward<verifiable_score<R, Right>>{{std::move(right)}};
  }
};

// A reward may look at the whole step, at the state and the action, once, at where an episode ends, or at all of these.
struct reward_of_fn {
  template <class Reward, class E>
  constexpr auto operator()(Reward const& reward, E const& dynamics, state_t<E> const& s, action_t<E> const& a,
                            state_t<E> const& next) const {
    if constexpr (std::invocable<Reward const&, state_t<E> const&, action_t<E> const&, state_t<E> const&>) {
      return reward(s, a, next);
    } else if constexpr (std::invocable<Reward const&, state_t<E> const&, action_t<E> const&>) {
      return reward(s, a);
    } else if constexpr (std::invocable<Reward const&, E const&, state_t<E> const&>) {
      return reward(dynamics, next);
    } else {
      return reward(dynamics, s, a, next);
    }
  }
};

// What can be added up, of the whole step, of the state and the action, of where an episode ends, or of all of these.
template <class Reward, class... Argument>
concept pays_for = requires(Reward const& reward, Argument const&... argument) {
  requires internal::number_or_vector<std::remove_cvref_t<decltype(reward(argument...))>>;
};
template <class Reward, class E>
concept gives_a_reward = pays_for<Reward, state_t<E>, action_t<E>, state_t<E>> ||
    pays_for<Reward, state_t<E>, action_t<E>> || pays_for<Reward, E, state_t<E>> ||
    pays_for<Reward, E, state_t<E>, action_t<E>, state_t<E>>;

}  // namespace detail

/// `verifiable<R>(right)`: the reward 1 when an episode ends in a state for which `right(state)` is true, 0 otherwise
/// (RLVR: reinforcement learning from verifiable rewards).
///
/// *Arguments*: `R`: a field, `double` unless said otherwise; `right`: a predicate of a state.
/// *Errors*: does not compile for integers, which are no field.
/// *Use*:
///     bellman::verifiable<>([](int s) { return s == 42; }).score(42) == 1.0
template <class R = double>
inline constexpr detail::verifiable_fn<R> verifiable{};

/// A reward, apart from the dynamics. Its values are what returns are made of: scalars, or vectors over scalars
/// (`coordinates`) when there are several rewards.
///
/// Minimal definition: one of `reward(s, a, next)`, `reward(s, a)`, `reward(dynamics, next)`, which an `outcome_reward`
/// has, and `reward(dynamics, s, a, next)`, which a sum of such rewards has.
///
/// Axiom: it depends on its arguments alone.
///
/// Models: any such callable, `outcome_reward`, `verifiable`.
template <class Reward, class E>
concept reward_function_for = environment<E> && detail::gives_a_reward<Reward, E>;

namespace internal {

/// `reward_of(reward, dynamics, s, a, next)`: what a reward pays for a step, whichever of its arguments it looks at.
inline constexpr bellman::detail::reward_of_fn reward_of{};

}  // namespace internal

/// The dynamics of one environment with another reward: what `with_reward` returns. What the environment itself would
/// have paid is dropped.
template <environment Dynamics, class Reward>
  requires reward_function_for<Reward, Dynamics>
class rewarded_environment : public internal::environment_over<Dynamics> {
 public:
  using state_type = state_t<Dynamics>;
  using action_type = action_t<Dynamics>;
  using reward_type = std::remove_cvref_t<decltype(detail::reward_of_fn{}(
      std::declval<Reward const&>(), std::declval<Dynamics const&>(), std::declval<state_type const&>(),
      std::declval<action_type const&>(), std::declval<state_type const&>()))>;

  constexpr rewarded_environment(Dynamics its_dynamics, Reward its_reward)
      : internal::environment_over<Dynamics>(std::move(its_dynamics)), reward_(std::move(its_reward)) {}

  constexpr auto transition(state_type const& s, action_type const& a) const {
    auto const& dynamics = this->inner();
    auto pay = [&](auto const& o) {
      return outcome<reward_type, state_type>{detail::reward_of_fn{}(reward_, dynamics, s, a, o.next), o.next};
    };
    if constexpr (deterministic_environment<Dynamics>) {
      return dirac(pay(dynamics.transition(s, a).value()));
    } else {
      return map(dynamics.transition(s, a), pay);
    }
  }

 private:
  Reward reward_;
};

namespace detail {

template <class Reward, class E>
using a_reward_for =
    internal::rule<reward_function_for<Reward, E>,
                   refused::a_reward_is_called_with_state_action_and_next_or_state_and_action_or_is_an_outcome_reward>;

struct with_reward_fn {
  template <class E, class Reward, class Env = internal::environment_argument_t<E>,
            class = typename internal::every<internal::an_environment<Env>, a_reward_for<Reward, Env>>::type::yes>
  constexpr auto operator()(E&& dynamics, Reward reward) const {
    auto kept = internal::environment_of(std::forward<E>(dynamics));
    return rewarded_environment<decltype(kept), Reward>(std::move(kept), std::move(reward));
  }
};

}  // namespace detail

/// `with_reward(dynamics, reward)`: the environment that moves as `dynamics` does and pays what `reward` says. Rewards
/// are swapped by it: a reward model, a verifiable rule, a shaped reward.
///
/// *Arguments*: any environment, whose own rewards are dropped; a reward function for it. Both are moved in or copied.
/// *Errors*: does not compile for a reward that can be called with no step.
/// *Cost*: that of `dynamics` and one call of the reward for each outcome.
/// *Use*:
///     bellman::with_reward(
///         bellman::token_environment(bellman::vocabulary(std::array<std::string_view, 2>{".", "a"}, 0),
///                                    bellman::length_limit{2},
///                                    [](bellman::context const&, bellman::token) { return 1.0; }),
///         [](bellman::context const&, bellman::token t) { return 10.0 * t; })
///         .transition(bellman::context{}, 1).value().reward == 10.0
inline constexpr detail::with_reward_fn with_reward{};

}  // namespace bellman
