// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/decision/ending.hpp>
#include <bellman/decision/episode.hpp>
#include <bellman/estimation/discounted_returns.hpp>
#include <bellman/estimation/steps_or_ending.hpp>
#include <bellman/internal/refuse.hpp>
#include <bellman/internal/verdict.hpp>
#include <bellman/learning/actor.hpp>
#include <bellman/learning/internal/observed_episode.hpp>
#include <bellman/learning/policy_family.hpp>
#include <bellman/scalar/arithmetic.hpp>
#include <bellman/scalar/field.hpp>
#include <bellman/value/discount.hpp>

#include <array>
#include <concepts>
#include <cstddef>
#include <string>
#include <utility>

namespace bellman {

namespace refused {

struct this_is_no_ending {};

}  // namespace refused

namespace detail {

[[noreturn]] inline void a_truncated_episode_needs_the_value_of_its_last_state(std::size_t steps) {
  internal::refuse("bellman: the episode was truncated after " + std::to_string(steps) +
                   " steps; to learn from it say what its last state is worth: improve(episode, truncated{v})");
}

}  // namespace detail

/// `policy_gradient_agent(family, parameters, gamma, rate)`: an agent with parameters that follows the gradient of its
/// objective, REINFORCE: after each episode `theta += rate * sum_t gamma^t G_t grad log pi(a_t | s_t)`, whose
/// expectation is the policy gradient times the rate. Models `agent_for`.
///
/// *Arguments*: `family`: a callable `(parameters, state) -> distribution over actions` that takes a `std::array` of
/// `T` or of `dual<T, N>`; the first parameters, an array of `T`; a discount and a rate.
/// *Errors*: `invalid_value` for a discount outside [0, 1]; those of `improve`.
/// *Cost*: `improve`: one evaluation of the family a step, with N derivatives.
/// *Laws*: the expected step is the policy gradient times the rate: tests/learning/policy_gradient_agent.cpp.
/// *Source*: Williams 1992; Sutton and Barto, section 13.3.
/// *Use*:
///     [] {
///       auto const family = [](auto const& theta, int) {
///         return bellman::softmax(std::array{'x', 'y'}, std::array{theta[0], theta[1]});
///       };
///       bellman::policy_gradient_agent agent(family, std::array{0.0, 0.0}, 1.0, 2.0);
///       agent.improve(bellman::episode<int, char, double>{{0, 1}, {'x'}, {1.0}, {}});
///       return agent.parameters() == std::array{1.0, -1.0};
///     }()
template <class Family, ordered_field T, std::size_t N>
  requires internal::family_of_policies<Family, T, N>
class policy_gradient_agent {
 public:
  constexpr policy_gradient_agent(Family its_family, std::array<T, N> its_parameters, T its_gamma, T its_rate)
      : actor_(policy_family<Family, T, N>(std::move(its_family), its_parameters), T(1)),
        gamma_(its_gamma),
        rate_(its_rate) {}

  constexpr std::array<T, N> const& parameters() const& { return actor_.policy().weights(); }
  constexpr std::array<T, N> parameters() && { return std::move(actor_).policy().weights(); }

  /// The policy: the distribution over actions in a state.
  template <class S>
    requires std::invocable<Family const&, std::array<T, N> const&, S const&>
  constexpr auto operator()(S const& s) const {
    return actor_(s);
  }

  /// The policy with the derivatives of its probabilities in the parameters.
  constexpr auto with_derivatives() const { return actor_.policy().with_derivatives(); }

  /// One step along the gradient estimated from an episode that terminated. Of one that was truncated the return is not
  /// known: throws `invalid_value`; give the value of its last state.
  template <class S, class A, class R,
            class = typename internal::an_action_of_an_actor<policy_family<Family, T, N>, S, A>::type::yes>
  constexpr void improve(episode<S, A, R> const& seen) {
    if (!seen.has_terminated()) detail::a_truncated_episode_needs_the_value_of_its_last_state(seen.size());
    improve(seen, terminated{});
  }

  /// The same with the ending said: `terminated{}`, or `truncated{v}` with the value of the last state.
  template <class S, class A, class R, class Ending,
            class = typename internal::every<
                internal::rule<internal::is_ending<Ending>, refused::this_is_no_ending>,
                internal::an_action_of_an_actor<policy_family<Family, T, N>, S, A>>::type::yes>
  constexpr void improve(episode<S, A, R> const& seen, Ending const& ending) {
    internal::check_lengths(seen);
    auto weights = discounted_returns(seen.rewards, ending, gamma_.value());
    T discounted = rate_;
    for (auto& weight : weights) {
      weight = product(discounted, weight);
      discounted = product(discounted, gamma_.value());
    }
    actor_.improve(seen, weights);
  }

 private:
  actor<policy_family<Family, T, N>, T> actor_;
  discount<T> gamma_;
  T rate_;
};

}  // namespace bellman
