// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/decision/environment.hpp>
#include <bellman/decision/internal/requirements.hpp>
#include <bellman/internal/verdict.hpp>

#include <concepts>
#include <ranges>
#include <span>
#include <type_traits>
#include <utility>

namespace bellman {

/// `batch_policy{f}`: a policy that is asked for the states of all environments at once, as a network acts: `f(states)`
/// is a range with an action, or a distribution over actions, for each of a `std::span` of states.
///
/// *Arguments*: a callable of a `std::span<State const>`, which is kept in this. Where an environment is reset in the
/// next step, a state in which an episode has ended is among the states, and what is answered for it is not looked at.
/// *Use*:
///     bellman::batch_policy{[](std::span<int const> states) {
///       return std::vector<int>(states.size(), 1);
///     }}(std::array{7, 8})[1] == 1
template <class F>
class batch_policy {
 public:
  constexpr explicit batch_policy(F its_function) : function_(std::move(its_function)) {}

  template <class States>
  requires std::invocable<F const&, States const&>
  constexpr decltype(auto) operator()(States const& states) const { return function_(states); }

 private:
  F function_;
};

namespace refused {

struct a_batch_policy_takes_a_span_of_states {};
struct a_batch_policy_returns_a_range_of_actions_or_of_distributions_over_actions {};

}  // namespace refused

namespace internal {

template <class P>
inline constexpr bool is_batch_policy = false;
template <class F>
inline constexpr bool is_batch_policy<batch_policy<F>> = true;

template <class P, class E>
using answers_t = std::invoke_result_t<P const&, std::span<state_t<E> const> const&>;

/// What a batch policy is for one state.
template <class Answer>
struct one_answer {
  Answer const& answer;

  template <class S>
  constexpr Answer const& operator()(S const&) const {
    return answer;
  }
};

template <class P, class E>
consteval auto judge_policy_of_copies() {
  if constexpr (!is_batch_policy<P>) {
    return typename a_policy_to_sample<P, E>::type{};
  } else if constexpr (!std::invocable<P const&, std::span<state_t<E> const> const&>) {
    return refused::a_batch_policy_takes_a_span_of_states{};
  } else if constexpr (!std::ranges::input_range<answers_t<P, E>>) {
    return refused::a_batch_policy_returns_a_range_of_actions_or_of_distributions_over_actions{};
  } else if constexpr (!accepts<a_policy_for<one_answer<std::ranges::range_value_t<answers_t<P, E>>>, E>>) {
    return refused::a_batch_policy_returns_a_range_of_actions_or_of_distributions_over_actions{};
  } else {
    return typename a_policy_to_sample<one_answer<std::ranges::range_value_t<answers_t<P, E>>>, E>::type{};
  }
}

/// A policy for an environment, or a batch policy, that actions can be drawn from.
template <class P, class E>
struct a_policy_of_copies {
  using type = decltype(internal::judge_policy_of_copies<P, E>());
};

}  // namespace internal

}  // namespace bellman
