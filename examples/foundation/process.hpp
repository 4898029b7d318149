// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "count_the_ones.hpp"
#include "recycling_robot.hpp"

#include <bellman/decision/ending.hpp>
#include <bellman/decision/environment.hpp>
#include <bellman/decision/outcome.hpp>
#include <bellman/decision/rollout.hpp>
#include <bellman/decision/trajectories.hpp>
#include <bellman/planning/state_value.hpp>
#include <bellman/probability/bind.hpp>
#include <bellman/probability/distribution.hpp>
#include <bellman/probability/given.hpp>
#include <bellman/probability/map.hpp>
#include <bellman/value/return.hpp>

#include <algorithm>
#include <cstddef>
#include <functional>
#include <ranges>
#include <type_traits>
#include <utility>
#include <vector>

// What the two derivations are about: random variables, expectations and conditions, over paths that are enumerated.
namespace foundation {

/// The discount of the derivations.
inline constexpr rational gamma{1, 2};

/// E[X], of a random variable X that is a function of what `d` is a distribution of.
inline constexpr auto E = [](auto const& d, auto const& X) { return bellman::expectation(d, X); };

/// The condition X = x; `bellman::given(d, is(X, x))` is the conditional distribution.
inline constexpr auto is = [](auto const& X, auto const& x) {
  return [&X, &x](auto const& tau) { return X(tau) == x; };
};

/// The values of X, each once.
constexpr auto values_of(auto const& d, auto const& X) {
  std::vector<std::remove_cvref_t<decltype(X(d.front().value))>> all;
  for (auto const& e : d) {
    if (std::ranges::find(all, X(e.value)) == all.end()) all.push_back(X(e.value));
  }
  return all;
}

/// A policy in an environment, as a distribution over paths tau = (s_0, a_0, r_0, s_1, ...) of at most n steps, with
/// its random variables S_t, A_t, R_t and G_t. `see` says what of a state is seen: all of it, unless it is given.
template <class Env, class Policy, class V, class See>
struct process {
  Env env;
  Policy pi;
  V V_pi;  // the exact solution of the policy's linear equations
  See see;
  std::vector<bellman::weighted<bellman::episode_of<Env>, rational>> paths;

  constexpr auto S(std::size_t t) const {
    return [this, t](auto const& tau) { return see(tau.states[t]); };
  }
  constexpr auto A(std::size_t t) const {
    return [t](auto const& tau) { return tau.actions[t]; };
  }
  constexpr auto R(std::size_t t) const {
    return [t](auto const& tau) { return tau.rewards[t]; };
  }
  /// G_t. Where a path is cut off, the value of its last state stands for the rest of the return.
  constexpr auto G(std::size_t t) const {
    return [this, t](auto const& tau) {
      return bellman::discounted_return(tau.rewards | std::views::drop(t), bellman::truncated{V_pi(tau.states.back())},
                                        gamma);
    };
  }

  /// The condition that (s_0, a_0, r_0, ..., a_{t-1}, r_{t-1}, s_t) is that of a given path, as far as it is seen.
  constexpr auto history_of(auto const& tau, std::size_t t) const {
    return [this, &tau, t](auto const& other) {
      for (std::size_t k = 0; k < t; ++k) {
        if (!(see(other.states[k]) == see(tau.states[k]) && other.actions[k] == tau.actions[k] &&
              other.rewards[k] == tau.rewards[k])) {
          return false;
        }
      }
      return see(other.states[t]) == see(tau.states[t]);
    };
  }

  /// A path for each history up to time t that `d` has.
  constexpr auto histories(auto const& d, std::size_t t) const {
    std::vector<bellman::episode_of<Env>> all;
    for (auto const& e : d) {
      if (std::ranges::none_of(all, history_of(e.value, t))) all.push_back(e.value);
    }
    return all;
  }

  /// The distribution of tau given S_t = s, and given S_t = s, A_t = a.
  constexpr auto given_state(std::size_t t, auto const& s) const {
    return bellman::given(paths, [&](auto const& tau) { return tau.states.size() > t && see(tau.states[t]) == s; });
  }
  constexpr auto given_action(std::size_t t, auto const& s, auto const& a) const {
    return bellman::given(given_state(t, s), [&](auto const& tau) { return tau.actions[t] == a; });
  }
  /// The distribution of tau given that it has a step t.
  constexpr auto going_on(std::size_t t) const {
    return bellman::given(paths, [t](auto const& tau) { return tau.size() > t; });
  }

  // From the model, not from the paths: the joint distribution of the outcome, R(s), R(s, a), p(s' | s), p(s' | s, a).
  constexpr auto outcomes(auto const& s) const {
    return bellman::bind(pi(s), [&](auto const& a) { return env.transition(s, a); });
  }
  constexpr rational mean_reward(auto const& s) const {
    return E(outcomes(s), [](auto const& o) { return o.reward; });
  }
  constexpr rational mean_reward(auto const& s, auto const& a) const {
    return E(env.transition(s, a), [](auto const& o) { return o.reward; });
  }
  constexpr rational p(auto const& next, auto const& s) const {
    return E(outcomes(s), [&](auto const& o) { return rational(o.next == next); });
  }
  constexpr rational p(auto const& next, auto const& s, auto const& a) const {
    return E(env.transition(s, a), [&](auto const& o) { return rational(o.next == next); });
  }
};

/// The process of a policy from s_0 on, and its paths of n steps.
template <class Env, class Policy, class See = std::identity>
constexpr auto process_of(Env env, Policy pi, bellman::state_t<Env> s_0, std::size_t n, See see = {}) {
  auto V_pi = bellman::state_value(env, pi, gamma, s_0);
  auto paths = bellman::trajectories(env, pi, s_0, bellman::step_limit{n});
  return process<Env, Policy, decltype(V_pi), See>{env, pi, V_pi, see, std::move(paths)};
}

/// Cyclic: its return never ends.
inline constexpr auto robot = [](std::size_t n) { return process_of(recycling_robot{}, careful, battery::high, n); };

/// A tree of tokens, each of which costs 1/10; the right answer pays 1.
inline constexpr auto answers = [](std::size_t n) {
  auto const reward = [](context const&, token, context const& next) {
    return rational(is_right(next)) - rational(1, 10);
  };
  return process_of(count_the_ones(reward), speaker, prompt(), n);
};

/// Not Markov: a robot that finds more cans the step after it has recharged, and of which one sees the battery only,
/// not what it did last. Its whole state has both.
struct rested_robot {
  using state_type = std::pair<battery, deed>;
  using action_type = deed;
  using reward_type = rational;

  constexpr auto actions(state_type const& s) const { return recycling_robot{}.actions(s.first); }
  constexpr bool terminal(state_type const&) const { return false; }
  constexpr auto transition(state_type const& s, deed a) const {
    rational const bonus = s.second == deed::recharge ? 5 : 0;
    return bellman::map(recycling_robot{}.transition(s.first, a), [&](auto const& o) {
      return bellman::outcome{o.reward + bonus, state_type{o.next, a}};
    });
  }
};
inline constexpr auto half_seen_robot = [](std::size_t n) {
  return process_of(
      rested_robot{}, [](auto const& s) { return careful(s.first); }, {battery::low, deed::wait}, n,
      [](auto const& s) { return s.first; });
};

/// Whether `equality(process, t, s)`, or `equality(process, t, s, a)`, holds at time t for every s that S_t can be and
/// that does not end, and every a that A_t can be there.
constexpr bool in_every_state(auto const& m, auto equality, std::size_t t) {
  for (auto const& s : values_of(m.going_on(t), m.S(t))) {
    if constexpr (requires { equality(m, t, s); }) {
      if (!equality(m, t, s)) return false;
    } else {
      for (auto const& a : values_of(m.given_state(t, s), m.A(t))) {
        if (!equality(m, t, s, a)) return false;
      }
    }
  }
  return true;
}

/// Whether it holds at times 0 and 1, found out by the compiler; each time on its own, since clang stops a constant
/// expression after 2^20 steps. `process` makes the process and its paths of three steps.
template <auto process, auto equality, std::size_t t>
inline constexpr bool is_proved_at = in_every_state(process(3), equality, t);
template <auto process, auto equality>
inline constexpr bool is_proved = is_proved_at<process, equality, 0>&& is_proved_at<process, equality, 1>;

/// The same at run time.
constexpr bool is_computed(auto process, auto equality) {
  auto const m = process(3);
  return in_every_state(m, equality, 0) && in_every_state(m, equality, 1);
}

}  // namespace foundation
