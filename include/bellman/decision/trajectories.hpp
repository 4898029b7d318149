// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/decision/ending.hpp>
#include <bellman/decision/environment.hpp>
#include <bellman/decision/internal/checked_environment.hpp>
#include <bellman/decision/internal/checked_policy.hpp>
#include <bellman/decision/policy.hpp>
#include <bellman/decision/rollout.hpp>
#include <bellman/probability/dirac.hpp>
#include <bellman/probability/distribution.hpp>
#include <bellman/probability/internal/weights.hpp>
#include <bellman/probability/internal/with_checked_weights.hpp>
#include <bellman/probability/weight.hpp>
#include <bellman/scalar/arithmetic.hpp>
#include <bellman/scalar/field.hpp>

#include <concepts>
#include <cstddef>
#include <type_traits>
#include <utility>
#include <vector>

namespace bellman {

namespace detail {

struct trajectories_fn {
  template <class E, class Policy>
  constexpr auto operator()(E const& env, Policy const& policy, std::type_identity_t<state_t<E>> start,
                            step_limit limit = {}) const {
    return (*this)(env, policy, dirac<state_t<E>>(std::move(start)), limit);
  }

  template <class E, class Policy, class Start>
    requires distribution_over<Start, state_t<E>> && (!std::convertible_to<Start const&, state_t<E>>)
  constexpr auto operator()(E const& env, Policy const& policy, Start const& start, step_limit limit = {}) const {
    if constexpr (internal::checked_environment<E> && internal::checked_policy<Policy, E>) {
      using A = decltype(action_distribution<E>(policy, std::declval<state_t<E> const&>()));
      using F = scalar_t<reward_t<E>>;
      using AtFirst = scalar_of_weight_t<probability_t<Start>, F>;
      using ByPolicy = scalar_of_weight_t<probability_t<A>, F>;
      using ByChance = scalar_of_weight_t<probability_t<transition_t<E>>, F>;
      using P = std::remove_cvref_t<decltype(product(product(std::declval<AtFirst>(), std::declval<ByPolicy>()),
                                                     std::declval<ByChance>()))>;
      using point = weighted<episode_of<E>, P>;
      check_weights(start);
      std::vector<point> ended;
      std::vector<point> open;
      for (auto&& s : start) {
        if (internal::is_nothing(s.probability)) continue;
        open.push_back({episode_of<E>{{static_cast<state_t<E>>(s.value)}, {}, {}, {}}, weigh(s.probability, P(1))});
      }
      for (std::size_t i = 0, j = open.size(); i + 1 < j; ++i) std::swap(open[i], open[--j]);
      while (!open.empty()) {
        point path = std::move(open.back());
        open.pop_back();
        auto const& s = path.value.states.back();
        if (env.terminal(s)) {
          ended.push_back(std::move(path));
          continue;
        }
        if (path.value.size() == limit.steps) {
          path.value.ending = truncated{};
          ended.push_back(std::move(path));
          continue;
        }
        std::size_t const first = open.size();
        for (auto&& a : action_distribution<E>(policy, s)) {
          for (auto&& o : internal::with_checked_weights(env.transition(s, static_cast<action_t<E>>(a.value)))) {
            P const p = weigh(weigh(path.probability, a.probability), o.probability);
            if (internal::is_nothing(p)) continue;
            open.push_back({path.value, p});
            auto& longer = open.back().value;
            longer.actions.push_back(static_cast<action_t<E>>(a.value));
            longer.rewards.push_back(static_cast<reward_t<E>>(o.value.reward));
            longer.states.push_back(static_cast<state_t<E>>(o.value.next));
          }
        }
        // The stack gives back the last first: turned around, the paths come in the order of the actions.
        for (std::size_t i = first, j = open.size(); i + 1 < j; ++i) std::swap(open[i], open[--j]);
      }
      return ended;
    }
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
