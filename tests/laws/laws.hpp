// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/bellman.hpp>

#include <algorithm>
#include <cstddef>
#include <type_traits>
#include <variant>
#include <vector>

/// The axioms and identities of the algebra, each a function that says whether a sample obeys it. Scalars are exact, so
/// that `==` is the mathematical equality. The sums in the laws are those of the library, which refuse to overflow.
namespace laws {

using bellman::compose;
using bellman::difference;
using bellman::product;
using bellman::sum;

template <class V>
constexpr V magnitude(V const& x) {
  if (x < V(0)) return -x;
  return x;
}
template <class V>
constexpr bool at_most(V const& x, V const& y) {
  return !(y < x);
}

// Whether a law holds for `T_pi` and for `T*`.
template <class M, class Law>
constexpr bool for_both_operators(M const& m, Law const& law) {
  return law(bellman::bellman_expectation(m.env, m.policy, m.gamma)) &&
         law(bellman::bellman_optimality(m.env, m.gamma));
}

template <class M, class Law>
constexpr bool in_every_state(M const& m, Law const& law) {
  return std::ranges::all_of(m.looked_at, law);
}
// In those that are not terminal.
template <class M, class Law>
constexpr bool where_it_goes_on(M const& m, Law const& law) {
  return std::ranges::all_of(m.looked_at, [&](auto const& s) { return m.env.terminal(s) || law(s); });
}

/// `max |T v - T w| <= gamma max |v - w|`, the maximum over the states that are not terminal.
template <class M>
constexpr bool an_operator_is_a_contraction(M const& m) {
  using R = typename M::scalar;
  auto const v = [&](auto const& s) { return m.v(s); };
  auto const w = [&](auto const& s) { return m.w(s); };
  R farthest(0);
  for (auto const& s : m.states) {
    if (!m.env.terminal(s)) farthest = bellman::maximum(farthest, magnitude(R(difference(m.v(s), m.w(s)))));
  }
  R const allowed = product(m.gamma, farthest);
  return for_both_operators(m, [&](auto const& T) {
    auto const tv = T(v);
    auto const tw = T(w);
    return in_every_state(m, [&](auto const& s) { return at_most(magnitude(R(difference(tv(s), tw(s)))), allowed); });
  });
}

/// `v <= w` implies `T v <= T w`.
template <class M>
constexpr bool an_operator_is_monotone(M const& m) {
  auto const v = [&](auto const& s) { return m.v(s); };
  auto const above = [&](auto const& s) { return sum(m.v(s), magnitude(m.w(s))); };
  return for_both_operators(m, [&](auto const& T) {
    auto const lower = T(v);
    auto const upper = T(above);
    return in_every_state(m, [&](auto const& s) { return at_most(lower(s), upper(s)); });
  });
}

// The probability that an episode goes on after an action.
template <class M>
constexpr auto probability_of_going_on(M const& m, auto const& s, auto const& a) {
  using R = typename M::scalar;
  return bellman::expectation(m.env.transition(s, a),
                              [&](auto const& o) { return m.env.terminal(o.next) ? R(0) : R(1); });
}

/// `T_pi (v + c) = T_pi v + gamma c P(S_{t+1} is not terminal)`, and `T* (v + c) = T* v + gamma c` where nothing ends,
/// between that and `T* v` where something does.
template <class M>
constexpr bool a_constant_shifts_an_operator(M const& m) {
  using R = typename M::scalar;
  R const c(3);
  auto const v = [&](auto const& s) { return m.v(s); };
  auto const shifted = [&](auto const& s) { return sum(m.v(s), c); };
  auto const T = bellman::bellman_expectation(m.env, m.policy, m.gamma);
  auto const best = bellman::bellman_optimality(m.env, m.gamma);
  R const whole = product(m.gamma, c);
  return where_it_goes_on(m, [&](auto const& s) {
    R const goes_on = bellman::expectation(bellman::action_distribution<decltype(m.env)>(m.policy, s),
                                           [&](auto const& a) { return probability_of_going_on(m, s, a); });
    if (!(T(shifted)(s) == sum(T(v)(s), product(whole, goes_on)))) return false;
    bool nothing_ends = true;
    for (auto const& a : m.env.actions(s)) nothing_ends = nothing_ends && probability_of_going_on(m, s, a) == R(1);
    R const before = best(v)(s);
    R const after = best(shifted)(s);
    if (nothing_ends) return after == sum(before, whole);
    return at_most(before, after) && at_most(after, R(sum(before, whole)));
  });
}

/// `T_pi v <= T* v`.
template <class M>
constexpr bool no_policy_beats_the_maximum(M const& m) {
  auto const v = [&](auto const& s) { return m.v(s); };
  auto const policy = bellman::bellman_expectation(m.env, m.policy, m.gamma)(v);
  auto const best = bellman::bellman_optimality(m.env, m.gamma)(v);
  return in_every_state(m, [&](auto const& s) { return at_most(policy(s), best(s)); });
}

// `V_pi` in every state, of an environment that lists its states or does not.
template <class M, class Policy>
constexpr auto value_of(M const& m, Policy const& policy) {
  return bellman::state_value(m.env, policy, m.gamma, m.states);
}

/// `T_pi V_pi = V_pi`.
template <class M>
constexpr bool the_value_is_a_fixed_point(M const& m) {
  auto const v = value_of(m, m.policy);
  auto const once_more = bellman::bellman_expectation(m.env, m.policy, m.gamma)(v);
  return in_every_state(m, [&](auto const& s) { return once_more(s) == v(s); });
}

/// `sum_a pi(a | s) A(s, a) = 0`, and `sum_a pi(a | s) Q(s, a) = V(s)`.
template <class M>
constexpr bool the_mean_advantage_is_zero(M const& m) {
  using R = typename M::scalar;
  auto const v = value_of(m, m.policy);
  auto const q = bellman::action_value(m.env, m.gamma, v);
  auto const advantage = bellman::advantage(q, v);
  return where_it_goes_on(m, [&](auto const& s) {
    auto const pi = bellman::action_distribution<decltype(m.env)>(m.policy, s);
    return bellman::expectation(pi, [&](auto const& a) { return advantage(s, a); }) == R(0) &&
           bellman::expectation(pi, [&](auto const& a) { return q(s, a); }) == v(s);
  });
}

/// `V_pi(s) = E[G_0]` over the trajectories from `s`, those that are cut off worth `V_pi` of where they are; their
/// probabilities sum to one.
template <class M>
constexpr bool the_value_is_the_expected_return(M const& m) {
  using R = typename M::scalar;
  auto const v = value_of(m, m.policy);
  return std::ranges::all_of(m.starts, [&](auto const& s) {
    auto const paths = bellman::trajectories(m.env, m.policy, s, bellman::step_limit{m.horizon});
    R const value = bellman::expectation(paths, [&](auto const& path) {
      if (path.has_terminated()) return bellman::discounted_return(path.rewards, m.gamma);
      return bellman::discounted_return(path.rewards, bellman::truncated{v(path.states.back())}, m.gamma);
    });
    return value == v(s) && bellman::expectation(paths, [](auto const&) { return R(1); }) == R(1);
  });
}

/// On every path: `G_t = R_t + gamma G_{t+1}`, all returns at once are the return of each rest, and the rewards may be
/// split at any step.
template <class M>
constexpr bool a_return_obeys_its_recursion(M const& m) {
  using R = typename M::scalar;
  using bellman::truncated;
  return std::ranges::all_of(m.starts, [&](auto const& s) {
    auto const paths = bellman::trajectories(m.env, m.policy, s, bellman::step_limit{m.horizon});
    return std::ranges::all_of(paths, [&](auto const& e) {
      auto const& rewards = e.value.rewards;
      auto const all = bellman::discounted_returns(rewards, m.gamma);
      if (all.size() != rewards.size()) return false;
      for (std::size_t t = 0; t < rewards.size(); ++t) {
        std::vector<R> const done(rewards.begin(), rewards.begin() + static_cast<std::ptrdiff_t>(t));
        std::vector<R> const rest(rewards.begin() + static_cast<std::ptrdiff_t>(t), rewards.end());
        R const next = t + 1 < rewards.size() ? all[t + 1] : R(0);
        if (!(all[t] == sum(rewards[t], product(m.gamma, next)))) return false;
        if (!(all[t] == bellman::discounted_return(rest, m.gamma))) return false;
        if (!(all[0] == bellman::discounted_return(done, truncated{all[t]}, m.gamma))) return false;
      }
      return true;
    });
  });
}

/// `E[f(Y)] = E[E[f(Y) | X]]`, with the policy's action for `X` and its outcome for `Y`.
template <class M>
constexpr bool expectations_of_expectations_are_total(M const& m) {
  auto const f = [&](auto const& o) { return sum(o.reward, m.v(o.next)); };
  return where_it_goes_on(m, [&](auto const& s) {
    auto const pi = bellman::weights_in<typename M::scalar>(bellman::action_distribution<decltype(m.env)>(m.policy, s));
    auto const outcomes = [&](auto const& a) {
      return bellman::weights_in<typename M::scalar>(m.env.transition(s, a));
    };
    return bellman::expectation(bellman::bind(pi, outcomes), f) ==
           bellman::expectation(pi, [&](auto const& a) { return bellman::expectation(outcomes(a), f); });
  });
}

/// `T* V* = V*`, and no action has an advantage.
template <class M, class V>
constexpr bool an_optimal_value_is_a_fixed_point(M const& m, V const& v_star) {
  using R = typename M::scalar;
  auto const once_more = bellman::bellman_optimality(m.env, m.gamma)(v_star);
  auto const advantage = bellman::advantage(bellman::action_value(m.env, m.gamma, v_star), v_star);
  return in_every_state(m, [&](auto const& s) {
    if (!(once_more(s) == v_star(s))) return false;
    if (m.env.terminal(s)) return v_star(s) == R(0);
    return std::ranges::all_of(m.env.actions(s), [&](auto const& a) { return at_most(advantage(s, a), R(0)); });
  });
}

/// The optimal actions are those without disadvantage, `A*(s, a) = 0`.
template <class M, class V, class Policy>
constexpr bool optimal_actions_have_no_disadvantage(M const& m, V const& v_star, Policy const& pi_star) {
  using R = typename M::scalar;
  auto const advantage = bellman::advantage(bellman::action_value(m.env, m.gamma, v_star), v_star);
  return in_every_state(m, [&](auto const& s) {
    auto const best = pi_star.optimal_actions(s);
    if (m.env.terminal(s)) return best.empty();
    return !best.empty() && std::ranges::all_of(m.env.actions(s), [&](auto const& a) {
      return (std::ranges::count(best, a) == 1) == (advantage(s, a) == R(0));
    });
  });
}

template <class M>
constexpr bool a_solution_is_optimal(M const& m) {
  auto const best = bellman::solve(m.env, m.gamma, m.states);
  return an_optimal_value_is_a_fixed_point(m, best.value) &&
         optimal_actions_have_no_disadvantage(m, best.value, best.policy);
}

template <class M, class V, class W>
constexpr bool is_at_least(M const& m, V const& v, W const& w) {
  return in_every_state(m, [&](auto const& s) { return at_most(w(s), v(s)); });
}
template <class M, class V, class W>
constexpr bool is_equal(M const& m, V const& v, W const& w) {
  return in_every_state(m, [&](auto const& s) { return v(s) == w(s); });
}

/// `V* >= V_pi`.
template <class M>
constexpr bool the_optimal_value_is_above_that_of_a_policy(M const& m) {
  return is_at_least(m, bellman::solve(m.env, m.gamma, m.states).value, value_of(m, m.policy));
}

/// The optimal policy, ties and all, has the optimal value.
template <class M>
constexpr bool the_optimal_policy_attains_the_optimal_value(M const& m) {
  auto const best = bellman::solve(m.env, m.gamma, m.states);
  return is_equal(m, value_of(m, best.policy), best.value);
}

/// A policy that is greedy for the value of another is at least as good.
template <class M>
constexpr bool a_greedy_policy_improves(M const& m) {
  auto const v = value_of(m, m.policy);
  return is_at_least(m, value_of(m, bellman::greedy_policy(m.env, m.gamma, v)), v);
}

// The environment with the reward `R + gamma Phi(S_{t+1}) - Phi(S_t)`, `Phi` being 0 where an episode ends.
template <class M>
constexpr auto shaped(M const& m) {
  return bellman::with_reward(m.env, [&m](auto const& s, auto const& a, auto const& next) {
    auto const paid = bellman::expectation(m.env.transition(s, a), [](auto const& o) { return o.reward; });
    return difference(sum(paid, product(m.gamma, m.potential(next))), m.potential(s));
  });
}

/// A potential lowers the values of a policy, and leaves its advantages (Ng, Harada and Russell 1999).
template <class M, class V, class W>
constexpr bool a_potential_leaves_advantages_unchanged(M const& m, V const& v, W const& shaped_v) {
  auto const advantage = bellman::advantage(bellman::action_value(m.env, m.gamma, v), v);
  auto const shaped_advantage = bellman::advantage(bellman::action_value(shaped(m), m.gamma, shaped_v), shaped_v);
  return in_every_state(m, [&](auto const& s) {
    if (!(shaped_v(s) == difference(v(s), m.potential(s)))) return false;
    if (m.env.terminal(s)) return true;
    return std::ranges::all_of(m.env.actions(s),
                               [&](auto const& a) { return shaped_advantage(s, a) == advantage(s, a); });
  });
}
template <class M>
constexpr bool a_potential_leaves_advantages_unchanged(M const& m) {
  return a_potential_leaves_advantages_unchanged(m, value_of(m, m.policy),
                                                 bellman::state_value(shaped(m), m.policy, m.gamma, m.states));
}

// The steps of a model as maps of what comes after: an action's outcome `x -> R + gamma x`.
template <class M>
constexpr auto steps_of(M const& m) {
  using R = typename M::scalar;
  std::vector<bellman::affine<R>> steps;
  for (auto const& s : m.starts) {
    if (m.env.terminal(s)) continue;
    for (auto const& a : m.env.actions(s)) {
      for (auto&& o : m.env.transition(s, a)) {
        steps.push_back(m.env.terminal(o.value.next) ? bellman::affine<R>::constant(R(o.value.reward))
                                                     : bellman::affine<R>{R(o.value.reward), m.gamma});
      }
    }
  }
  return steps;
}

/// The steps of a path compose as a monoid: associative, with the identity; and a composition maps as its parts do.
template <class M>
constexpr bool steps_are_a_monoid(M const& m) {
  using R = typename M::scalar;
  auto const steps = steps_of(m);
  auto const identity = bellman::affine<R>::identity();
  std::size_t const n = std::min<std::size_t>(steps.size(), 8);
  for (std::size_t i = 0; i < n; ++i) {
    auto const& f = steps[i];
    if (!(compose(f, identity) == f && compose(identity, f) == f)) return false;
    for (std::size_t j = 0; j < n; ++j) {
      auto const& g = steps[j];
      R const x = R(5) / R(3);
      if (!(compose(f, g)(x) == f(g(x)))) return false;
      for (std::size_t k = 0; k < n; ++k) {
        if (!(compose(f, compose(g, steps[k])) == compose(compose(f, g), steps[k]))) return false;
      }
    }
  }
  return n > 0;
}

/// In an environment where nothing is left to chance, the value of a deterministic policy is the return of its one
/// path.
template <class M>
constexpr bool the_value_of_a_path_is_its_return(M const& m, auto const& policy) {
  auto const v = value_of(m, policy);
  return in_every_state(m, [&](auto const& s) {
    auto const paths = bellman::trajectories(m.env, policy, s);
    return paths.size() == 1 && v(s) == bellman::discounted_return(paths[0].value.rewards, m.gamma);
  });
}

}  // namespace laws
