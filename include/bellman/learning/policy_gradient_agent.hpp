// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/decision/ending.hpp>
#include <bellman/decision/episode.hpp>
#include <bellman/estimation/discounted_returns.hpp>
#include <bellman/estimation/steps_or_ending.hpp>
#include <bellman/internal/array_of.hpp>
#include <bellman/internal/describe.hpp>
#include <bellman/internal/refuse.hpp>
#include <bellman/internal/verdict.hpp>
#include <bellman/scalar/accumulator.hpp>
#include <bellman/scalar/arithmetic.hpp>
#include <bellman/scalar/dual.hpp>
#include <bellman/scalar/field.hpp>
#include <bellman/value/discount.hpp>

#include <array>
#include <concepts>
#include <cstddef>
#include <ranges>
#include <string>
#include <type_traits>
#include <utility>

namespace bellman {

namespace refused {

struct this_is_no_ending {};

}  // namespace refused

namespace internal {

/// What takes an array of parameters, and of dual numbers, before a state. Of the state's type nothing is known yet.
template <class Family, class T, std::size_t N>
concept family_of_policies = (std::is_class_v<Family> || std::is_pointer_v<Family>) && !std::ranges::range<Family>;

}  // namespace internal

namespace detail {

template <class A>
[[noreturn]] void an_action_taken_must_be_possible(std::size_t t, A const& a) {
  internal::refuse("bellman: at step " + std::to_string(t) + " the episode has action " + internal::describe(a) +
                   ", to which the agent's policy gives probability 0");
}

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
      : family_(std::move(its_family)), parameters_(its_parameters), gamma_(its_gamma), rate_(its_rate) {}

  constexpr std::array<T, N> const& parameters() const { return parameters_; }

  /// The policy: the distribution over actions in a state.
  template <class S>
    requires std::invocable<Family const&, std::array<T, N> const&, S const&>
  constexpr auto operator()(S const& s) const {
    return family_(parameters_, s);
  }

  /// The policy with the derivatives of its probabilities in the parameters.
  constexpr auto with_derivatives() const {
    return [family = family_, theta = variables()](auto const& s) { return family(theta, s); };
  }

  /// One step along the gradient estimated from an episode that terminated. Of one that was truncated the return is not
  /// known: throws `invalid_value`; give the value of its last state.
  template <class S, class A, class R>
  constexpr void improve(episode<S, A, R> const& seen) {
    if (!seen.has_terminated()) detail::a_truncated_episode_needs_the_value_of_its_last_state(seen.size());
    improve(seen, terminated{});
  }

  /// The same with the ending said: `terminated{}`, or `truncated{v}` with the value of the last state.
  template <class S, class A, class R, class Ending,
            class = typename internal::rule<internal::is_ending<Ending>, refused::this_is_no_ending>::type::yes>
  constexpr void improve(episode<S, A, R> const& seen, Ending const& ending) {
    auto const returns = discounted_returns(seen.rewards, ending, gamma_.value());
    auto const policy = with_derivatives();
    auto next = internal::array_of<N>([&](std::size_t k) {
      accumulator<T> one_of_them;
      one_of_them.add(parameters_[k]);
      return one_of_them;
    });
    T discounted = rate_;
    for (std::size_t t = 0; t < seen.size(); ++t) {
      dual<T, N> p(T(0));
      for (auto const& e : policy(seen.states[t])) {
        if (static_cast<A>(e.value) == seen.actions[t]) p = p + e.probability;
      }
      if (!(T(0) < p.value)) detail::an_action_taken_must_be_possible(t, seen.actions[t]);
      for (std::size_t k = 0; k < N; ++k) {
        T const score = quotient(p.derivative[k], p.value);
        next[k].add(product(product(discounted, returns[t]), score));
      }
      discounted = product(discounted, gamma_.value());
    }
    parameters_ = internal::array_of<N, T>([&](std::size_t k) { return next[k].value(); });
  }

 private:
  constexpr std::array<dual<T, N>, N> variables() const {
    return internal::array_of<N>([&](std::size_t k) { return dual<T, N>::variable(parameters_[k], k); });
  }

  Family family_;
  std::array<T, N> parameters_;
  discount<T> gamma_;
  T rate_;
};

}  // namespace bellman
