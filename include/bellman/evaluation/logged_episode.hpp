// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/decision/ending.hpp>
#include <bellman/internal/verdict.hpp>

#include <concepts>
#include <ranges>
#include <utility>

namespace bellman {

namespace refused {

struct an_episode_has_rewards_ratios_and_an_ending {};
struct a_modelled_episode_has_action_values_and_state_values_besides {};

}  // namespace refused

/// One episode as it was logged: `rewards[t]`, the ratio `ratios[t]` of its action, how it ended.
///
/// Both are random-access ranges of one length, by value or as spans. In a batch every ending is of one type; there
/// `truncated{0.0}` stands for an end.
template <class Rewards, class Ratios, class Ending = terminated>
struct logged_episode {
  using verdict_on_parts = internal::rule<(std::ranges::random_access_range<Rewards const&> &&
                                           std::ranges::random_access_range<Ratios const&>),
                                          refused::an_episode_has_rewards_ratios_and_an_ending>;

  Rewards rewards{};
  Ratios ratios{};
  Ending ending{};

  constexpr logged_episode() = default;
  constexpr logged_episode(Rewards its_rewards, Ratios its_ratios,
                           Ending its_ending = {}) requires internal::accepts<verdict_on_parts>
      : rewards(std::move(its_rewards)), ratios(std::move(its_ratios)), ending(std::move(its_ending)) {}
  // Deleted, where the others would be listed.
  template <class... X, class Reason = typename verdict_on_parts::type>
  requires(!std::same_as<Reason, internal::accepted>) explicit logged_episode(X...) = delete;
};
template <class X>
logged_episode(X) -> logged_episode<X, refused::an_episode_has_rewards_ratios_and_an_ending>;
template <class Rewards, class Ratios>
logged_episode(Rewards, Ratios) -> logged_episode<Rewards, Ratios>;
template <class Rewards, class Ratios, class Ending>
logged_episode(Rewards, Ratios, Ending) -> logged_episode<Rewards, Ratios, Ending>;

/// A logged episode beside a model of the target policy's value: `action_values[t]` is `Q(S_t, A_t)`, `state_values[t]`
/// is `V(S_t) = sum_a pi(a | S_t) Q(S_t, a)`.
template <class Rewards, class Ratios, class ActionValues, class StateValues, class Ending = terminated>
struct modelled_episode {
  using verdict_on_parts =
      internal::every<internal::rule<(std::ranges::random_access_range<Rewards const&> &&
                                      std::ranges::random_access_range<Ratios const&>),
                                     refused::an_episode_has_rewards_ratios_and_an_ending>,
                      internal::rule<(std::ranges::random_access_range<ActionValues const&> &&
                                      std::ranges::random_access_range<StateValues const&>),
                                     refused::a_modelled_episode_has_action_values_and_state_values_besides>>;

  Rewards rewards{};
  Ratios ratios{};
  ActionValues action_values{};
  StateValues state_values{};
  Ending ending{};

  constexpr modelled_episode() = default;
  constexpr modelled_episode(Rewards its_rewards, Ratios its_ratios, ActionValues its_action_values,
                             StateValues its_state_values,
                             Ending its_ending = {}) requires internal::accepts<verdict_on_parts>
      : rewards(std::move(its_rewards)),
        ratios(std::move(its_ratios)),
        action_values(std::move(its_action_values)),
        state_values(std::move(its_state_values)),
        ending(std::move(its_ending)) {}
  // Deleted, where the others would be listed.
  template <class... X, class Reason = typename verdict_on_parts::type>
  requires(!std::same_as<Reason, internal::accepted>) explicit modelled_episode(X...) = delete;
};
template <class R, class P, class Q, class V>
modelled_episode(R, P, Q, V) -> modelled_episode<R, P, Q, V>;
template <class R, class P, class Q, class V, class Ending>
modelled_episode(R, P, Q, V, Ending) -> modelled_episode<R, P, Q, V, Ending>;

}  // namespace bellman
