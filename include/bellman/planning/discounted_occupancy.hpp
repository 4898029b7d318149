// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/decision/environment.hpp>
#include <bellman/decision/internal/environment_over.hpp>
#include <bellman/decision/internal/requirements.hpp>
#include <bellman/internal/stands_for.hpp>
#include <bellman/internal/verdict.hpp>
#include <bellman/planning/internal/followed_table.hpp>
#include <bellman/planning/internal/policy_chain.hpp>
#include <bellman/planning/internal/table_of.hpp>
#include <bellman/planning/internal/visits.hpp>
#include <bellman/planning/occupancy_measure.hpp>
#include <bellman/planning/tabulate.hpp>
#include <bellman/probability/distribution.hpp>
#include <bellman/probability/weight.hpp>
#include <bellman/scalar/arithmetic.hpp>
#include <bellman/value/bellman_operator.hpp>
#include <bellman/value/internal/requirements.hpp>

#include <type_traits>
#include <utility>
#include <vector>

namespace bellman {

namespace refused {

struct visits_begin_in_a_state_or_a_distribution_over_states_that_can_weigh_rewards {};

}  // namespace refused

namespace detail {

template <class Start, class E>
consteval bool begins_visits() {
  if constexpr (internal::names_a_state<Start, E>) {
    return true;
  } else if constexpr (distribution_over<Start, state_t<E>>) {
    return internal::can_weigh<probability_t<Start>, reward_t<E>>;
  } else {
    return false;
  }
}

// A state, or a distribution over states, as the probability of each state of a table.
template <class E, class W, class Table, class Start>
constexpr std::vector<W> start_in(Table const& t, Start const& start) {
  std::vector<W> p(t.size(), W(0));
  if constexpr (internal::names_a_state<Start, E>) {
    p[internal::number_in<E>(t, internal::named<state_t<E>>(start))] = W(1);
  } else {
    check_weights(start);
    for (auto&& e : start) {
      auto& at = p[internal::number_in<E>(t, static_cast<state_t<E>>(e.value))];
      at = sum(at, static_cast<W>(weigh(e.probability, W(1))));
    }
  }
  return p;
}

struct discounted_occupancy_fn {
  template <
      class E, class Policy, class G, class Start, class Env = internal::environment_argument_t<E>,
      class = typename internal::every<
          internal::an_environment<Env>, internal::rewards_with_a_mean<Env>,
          internal::a_policy_of_means_for<Policy, Env>, internal::a_discount_of<G, Env>,
          internal::rule<
              detail::begins_visits<Start, Env>(),
              refused::visits_begin_in_a_state_or_a_distribution_over_states_that_can_weigh_rewards>>::type::yes>
  constexpr auto operator()(E&& env, Policy const& policy, G const& gamma, Start const& start) const {
    over<Policy, G, Start> const asked{policy, gamma, start};
    if constexpr (finite_environment<Env>) {
      return internal::with_followed_table<Env>(std::forward<E>(env), policy, asked);
    } else {
      return internal::with_followed_table<Env>(std::forward<E>(env), policy, asked, start);
    }
  }

 private:
  template <class Policy, class G, class Start>
  struct over {
    Policy const& policy;
    G const& gamma;
    Start const& start;

    template <class E, class Table>
    constexpr auto operator()(std::type_identity<E>, Table const& t) const {
      auto const pi = tabulate(t, policy);
      auto const op = bellman_expectation(t.numbers(), pi, gamma);
      internal::policy_chain chain(op);
      using W = typename decltype(chain)::W;
      auto const begin = detail::start_in<E, W>(t, start);
      auto const equations = chain.within(chain.reached_from(begin));
      using pi_t = std::remove_const_t<decltype(pi)>;
      return occupancy_measure<E, W, pi_t, Table>(t, pi, internal::visits_from(chain, equations, begin));
    }
  };
};

}  // namespace detail

/// `discounted_occupancy(env, policy, gamma, start)`: how much a policy is in each state, what comes later counting
/// less: `d(s) = sum_t gamma^t P(S_t = s)`, and `d(s, a) = d(s) pi(a | s)`. With a discount of 1 it is the expected
/// number of visits. An episode arrives in the state where it ends, and is counted there once: `d` is then the
/// probability to end there, discounted.
///
/// It is the transposed solution of the equations that the state value solves. In floating point nothing is subtracted,
/// so that each number is right in relation to itself, however close to 1 the discount is: `d.lower(s) <= true <=
/// d.upper(s)`, for the table's own numbers, by a count of the roundings.
///
/// *Arguments*: an environment, a policy for it, a discount; `start`: a state, or a distribution over states. Of an
/// environment that cannot list its states, what the policy can reach.
/// *Errors*: with a discount of 1 the policy must end from every state that it reaches, or `invalid_value` names one
/// from which it does not; those of `tabulate` and of the discount; an action that a state does not have.
/// *Cost*: O(transitions), and up to O(m^3) for m states that lead to each other.
/// *Laws*: `<d, r> = <start, v>` for the policy's state value `v` and every reward: `d.expected_reward()`; what begins
/// ends or goes on: `(1 - gamma) sum d(s) = 1`, where states that end count without the factor; the bounds hold:
/// tests/planning.
/// *Source*: Puterman, section 6.9; elimination without subtraction: Grassmann, Taksar and Heyman 1985, and its error:
/// O'Cinneide, Numer. Math. 65 (1993).
/// *Use*:
///     bellman::discounted_occupancy(
///         bellman::token_environment(bellman::vocabulary(std::array<std::string_view, 2>{".", "a"}, 0),
///                                    bellman::length_limit{2},
///                                    [](bellman::context const&, bellman::token t) { return 1.0 * t; }),
///         [](bellman::context const&) { return 1; }, 0.5, bellman::context{})(
///             bellman::concat(bellman::context{}, 1)) == 0.5
inline constexpr detail::discounted_occupancy_fn discounted_occupancy{};

}  // namespace bellman
