// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/decision/ending.hpp>
#include <bellman/decision/environment.hpp>
#include <bellman/decision/internal/environment_over.hpp>
#include <bellman/decision/internal/requirements.hpp>
#include <bellman/decision/policy.hpp>
#include <bellman/decision/rollout.hpp>
#include <bellman/internal/verdict.hpp>
#include <bellman/probability/dirac.hpp>
#include <bellman/probability/distribution.hpp>
#include <bellman/probability/internal/weights.hpp>
#include <bellman/probability/weight.hpp>
#include <bellman/probability/with_checked_weights.hpp>
#include <bellman/scalar/arithmetic.hpp>
#include <bellman/scalar/as_number.hpp>
#include <bellman/scalar/field.hpp>

#include <cstddef>
#include <type_traits>
#include <utility>
#include <vector>

namespace bellman {

namespace detail {

template <class Start, class E>
using a_beginning_in = internal::rule<internal::names_a_state<Start, E> || distribution_over<Start, state_t<E>>,
                                      refused::this_is_neither_a_state_nor_a_distribution_over_states>;

// A state is where all begin that begin there for certain.
template <class E, class Start>
constexpr decltype(auto) start_of(Start const& start) {
  if constexpr (internal::names_a_state<Start, E>) {
    return dirac<state_t<E>>(static_cast<state_t<E>>(start));
  } else {
    return (start);
  }
}

struct trajectories_fn {
  template <class E, class Policy, class Env = internal::environment_argument_t<E>,
            class Start = internal::state_argument_t<Env>,
            class = typename internal::every<internal::an_environment<Env>, internal::a_policy_for<Policy, Env>,
                                             internal::rewards_with_a_mean<Env>, a_beginning_in<Start, Env>>::type::yes>
  constexpr auto operator()(E const& env, Policy const& policy, Start const& its_start, step_limit limit = {}) const {
    auto const& dynamics = internal::environment_itself(env);
    auto&& start = detail::start_of<Env>(its_start);
    using AtStart = std::remove_cvref_t<decltype(start)>;
    using A = decltype(action_distribution<Env>(policy, std::declval<state_t<Env> const&>()));
    using F = number_t<scalar_t<reward_t<Env>>>;
    using AtFirst = scalar_of_weight_t<probability_t<AtStart>, F>;
    using ByPolicy = scalar_of_weight_t<probability_t<A>, F>;
    using ByChance = scalar_of_weight_t<probability_t<transition_t<Env>>, F>;
    using P = std::remove_cvref_t<decltype(product(product(std::declval<AtFirst>(), std::declval<ByPolicy>()),
                                                   std::declval<ByChance>()))>;
    using point = weighted<episode_of<Env>, P>;
    check_weights(start);
    std::vector<point> ended;
    std::vector<point> open;
    for (auto&& s : start) {
      if (internal::is_nothing(s.probability)) continue;
      open.push_back({episode_of<Env>{{static_cast<state_t<Env>>(s.value)}, {}, {}, {}}, weigh(s.probability, P(1))});
    }
    for (std::size_t i = 0, j = open.size(); i + 1 < j; ++i) std::swap(open[i], open[--j]);
    while (!open.empty()) {
      point path = std::move(open.back());
      open.pop_back();
      auto const& s = path.value.states.back();
      if (dynamics.terminal(s)) {
        ended.push_back(std::move(path));
        continue;
      }
      if (path.value.size() == limit.steps) {
        path.value.ending = truncated{};
        ended.push_back(std::move(path));
        continue;
      }
      std::size_t const first = open.size();
      for (auto&& a : action_distribution<Env>(policy, s)) {
        for (auto&& o : with_checked_weights(dynamics.transition(s, static_cast<action_t<Env>>(a.value)), s)) {
          P const p = weigh(weigh(path.probability, a.probability), o.probability);
          if (internal::is_nothing(p)) continue;
          open.push_back({path.value, p});
          auto& longer = open.back().value;
          longer.actions.push_back(static_cast<action_t<Env>>(a.value));
          longer.rewards.push_back(static_cast<reward_t<Env>>(o.value.reward));
          longer.states.push_back(static_cast<state_t<Env>>(o.value.next));
        }
      }
      // The stack gives back the last first: turned around, the paths come in the order of the actions.
      for (std::size_t i = first, j = open.size(); i + 1 < j; ++i) std::swap(open[i], open[--j]);
    }
    return ended;
  }
};

}  // namespace detail

/// `trajectories(env, policy, start)`: the distribution `p(tau) = prod pi(a_t | s_t) p(s_{t+1}, r_t | s_t, a_t)` over
/// whole episodes; with a last argument `step_limit{n}`, over the first `n` steps of them, those that go on
/// *truncated*.
///
/// It is how a value is *defined*: `expectation(trajectories(env, policy, s), G_0)` is `V_pi(s)`. Paths are listed one
/// by one, so this is for proofs and for small trees. Without a limit every path must end. Returns a `std::vector` of
/// `weighted` episodes, in the order of the actions.
///
/// *Arguments*: an environment and a policy for it; `start`: a state or a distribution over states.
/// *Errors*: `invalid_value` for weights, of `start`, the policy or a transition, that are no distribution.
/// *Cost*: time and memory grow as the number of paths.
/// *Laws*: the probabilities sum to one; from a distribution over states they are those from each state, weighted by
/// it: tests/decision/trajectories.cpp.
/// *Use*:
///     bellman::trajectories(
///         bellman::token_environment(bellman::vocabulary(std::array<std::string_view, 2>{".", "a"}, 0),
///                                    bellman::length_limit{2},
///                                    [](bellman::context const&, bellman::token) { return 1.0; }),
///         [](bellman::context const&) { return bellman::uniform(std::array<bellman::token, 2>{0, 1}); },
///         bellman::context{}).size() == 3
inline constexpr detail::trajectories_fn trajectories{};

}  // namespace bellman
