// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/bellman.hpp>

#include <algorithm>
#include <cstddef>
#include <ranges>
#include <type_traits>
#include <utility>
#include <vector>

#include "laws/laws.hpp"
#include "laws/sample.hpp"

/// What estimators are on average: every trajectory of a small environment is listed with its probability, so that an
/// expectation is a finite sum, and exact.
namespace laws {

template <class M>
using scalar_of = typename M::scalar;
template <class M>
using state_of = typename M::state;

/// A state value that is written down, so that operators can be applied to it again and again.
template <class S, class R>
struct listed_value {
  std::vector<S> states;
  std::vector<R> values;

  constexpr R operator()(S const& s) const {
    for (std::size_t i = 0; i < states.size(); ++i) {
      if (states[i] == s) return values[i];
    }
    return R(0);
  }
};
template <class M, class V>
constexpr auto listed(M const& m, V const& v) {
  listed_value<state_of<M>, scalar_of<M>> all{m.states, {}};
  for (auto const& s : m.states) all.values.push_back(m.env.terminal(s) ? scalar_of<M>(0) : scalar_of<M>(v(s)));
  return all;
}

template <class M, class Policy>
constexpr auto probability_of(M const& m, Policy const& policy, auto const& s, auto const& a) {
  using R = scalar_of<M>;
  R total(0);
  for (auto&& e : bellman::action_distribution<std::remove_cvref_t<decltype(m.env)>>(policy, s)) {
    if (e.value == a) total = R(sum(total, bellman::weigh(e.probability, R(1))));
  }
  return total;
}

/// A policy that is given by an unnormalised weight of every action of a state.
template <class M, class Weight>
struct policy_of_weights {
  M const* m;
  Weight weight;

  constexpr auto operator()(state_of<M> const& s) const {
    using R = scalar_of<M>;
    using A = bellman::action_t<std::remove_cvref_t<decltype(m->env)>>;
    R total(0);
    for (auto const& a : m->env.actions(s)) total = R(sum(total, R(weight(s, a))));
    std::vector<bellman::weighted<A, R>> weights;
    for (auto const& a : m->env.actions(s)) weights.push_back({a, bellman::quotient(R(weight(s, a)), total)});
    return weights;
  }
};
template <class M, class Weight>
constexpr auto policy_of(M const& m, Weight weight) {
  return policy_of_weights<M, Weight>{&m, weight};
}

/// A behaviour policy that tries everything: proportional to the policy's probability plus `extra`.
template <class M>
constexpr auto curious(M const& m, scalar_of<M> const& extra) {
  return policy_of(m,
                   [&m, extra](auto const& s, auto const& a) { return sum(probability_of(m, m.policy, s, a), extra); });
}

/// The policy to whose value V-trace leads: `pi_rho(a | s) ~ min(rho mu(a | s), pi(a | s))`.
template <class M, class Behaviour>
constexpr auto clipped(M const& m, Behaviour const& mu, scalar_of<M> const& rho) {
  using R = scalar_of<M>;
  return policy_of(m, [&m, mu, rho](auto const& s, auto const& a) {
    R const bound = product(rho, probability_of(m, mu, s, a));
    R const wanted = probability_of(m, m.policy, s, a);
    return bound < wanted ? bound : wanted;
  });
}

// What an estimator is given of a path: a function of each state, or of each state and action; how it ended.
template <class R, class Path, class F>
constexpr std::vector<R> along(Path const& path, F const& f) {
  std::vector<R> values;
  for (std::size_t t = 0; t < path.size(); ++t) {
    if constexpr (requires { f(path.states[t], path.actions[t]); }) {
      values.push_back(f(path.states[t], path.actions[t]));
    } else {
      values.push_back(f(path.states[t]));
    }
  }
  return values;
}
template <class R, class Path, class V>
constexpr bellman::step<R> end_of(Path const& path, V const& v) {
  if (path.has_terminated()) return bellman::step<R>(bellman::terminated{});
  return bellman::step<R>(bellman::truncated{R(v(path.states.back()))});
}

template <class M, class Policy>
constexpr auto paths_of(M const& m, Policy const& acting, auto const& s) {
  return bellman::trajectories(m.env, acting, s, bellman::step_limit{m.horizon});
}

/// Whether `estimate(path)[t]` is on average `expected(s_t, a_t)`, at each of so many steps, and given every first
/// action.
template <class M, class Policy, class Estimate, class Expected>
constexpr bool is_expected_for(std::size_t steps, M const& m, Policy const& acting, Estimate const& estimate,
                               Expected const& expected) {
  using R = scalar_of<M>;
  return std::ranges::all_of(m.starts, [&](auto const& start) {
    if (m.env.terminal(start)) return true;
    std::vector<R> off(m.horizon, R(0));
    std::vector<R> off_of_action;
    for (auto const& a : m.env.actions(start)) {
      static_cast<void>(a);
      off_of_action.push_back(R(0));
    }
    for (auto const& [path, p] : paths_of(m, acting, start)) {
      auto const estimates = estimate(path);
      if (estimates.size() != path.size()) return false;
      for (std::size_t t = 0; t < std::min(steps, path.size()); ++t) {
        R const gap = difference(R(estimates[t]), R(expected(path.states[t], path.actions[t])));
        off[t] = R(sum(off[t], product(p, gap)));
        if (t > 0) continue;
        std::size_t i = 0;
        for (auto const& a : m.env.actions(start)) {
          if (a == path.actions[0]) off_of_action[i] = R(sum(off_of_action[i], product(p, gap)));
          ++i;
        }
      }
    }
    auto const is_zero = [](R const& x) { return x == R(0); };
    return std::ranges::all_of(off, is_zero) && std::ranges::all_of(off_of_action, is_zero);
  });
}
template <class M, class Policy, class Estimate, class Expected>
constexpr bool is_expected(M const& m, Policy const& acting, Estimate const& estimate, Expected const& expected) {
  return is_expected_for(m.horizon, m, acting, estimate, expected);
}
template <class M, class Policy, class Estimate, class Expected>
constexpr bool is_expected_at_first(M const& m, Policy const& acting, Estimate const& estimate,
                                    Expected const& expected) {
  return is_expected_for(1, m, acting, estimate, expected);
}
/// The same over all actions of a state: on average `expected(s_t)`.
template <class M, class Policy, class Estimate, class Expected>
constexpr bool is_expected_of_states(M const& m, Policy const& acting, Estimate const& estimate,
                                     Expected const& expected) {
  using R = scalar_of<M>;
  return std::ranges::all_of(m.starts, [&](auto const& start) {
    std::vector<R> off(m.horizon, R(0));
    for (auto const& [path, p] : paths_of(m, acting, start)) {
      auto const estimates = estimate(path);
      if (estimates.size() != path.size()) return false;
      for (std::size_t t = 0; t < path.size(); ++t) {
        off[t] = R(sum(off[t], product(p, difference(R(estimates[t]), R(expected(path.states[t]))))));
      }
    }
    return std::ranges::all_of(off, [](R const& x) { return x == R(0); });
  });
}

/// With the true values every estimator of a return is on average `Q_pi`, whatever lambda and n are.
template <class M>
constexpr bool returns_with_true_values_are_action_values(M const& m, scalar_of<M> const& lambda) {
  using R = scalar_of<M>;
  auto const v = listed(m, value_of(m, m.policy));
  auto const q = bellman::action_value(m.env, m.gamma, v);
  return is_expected(
      m, m.policy,
      [&](auto const& path) {
        return bellman::lambda_returns(path.rewards, along<R>(path, v), end_of<R>(path, v),
                                       {.gamma = m.gamma, .lambda = lambda});
      },
      q);
}
template <class M>
constexpr bool returns_to_go_are_action_values(M const& m) {
  using R = scalar_of<M>;
  auto const v = listed(m, value_of(m, m.policy));
  return is_expected(
      m, m.policy, [&](auto const& path) { return bellman::returns_to_go(path.rewards, end_of<R>(path, v), m.gamma); },
      bellman::action_value(m.env, m.gamma, v));
}
template <class M>
constexpr bool n_step_returns_with_true_values_are_action_values(M const& m) {
  using R = scalar_of<M>;
  auto const v = listed(m, value_of(m, m.policy));
  auto const q = bellman::action_value(m.env, m.gamma, v);
  for (std::size_t n = 1; n <= m.horizon + 1; ++n) {
    auto const estimate = [&](auto const& path) {
      return bellman::n_step_returns(path.rewards, along<R>(path, v), end_of<R>(path, v), n, m.gamma);
    };
    if (!is_expected(m, m.policy, estimate, q)) return false;
  }
  return true;
}

/// GAE with the true values is on average `A_pi`, whatever lambda is.
template <class M>
constexpr bool gae_with_true_values_is_the_advantage(M const& m, scalar_of<M> const& lambda) {
  using R = scalar_of<M>;
  auto const v = listed(m, value_of(m, m.policy));
  return is_expected(
      m, m.policy,
      [&](auto const& path) {
        return bellman::gae(path.rewards, along<R>(path, v), end_of<R>(path, v), {.gamma = m.gamma, .lambda = lambda})
            .advantages;
      },
      bellman::advantage(bellman::action_value(m.env, m.gamma, v), v));
}

/// GAE with values that are wrong is on average `Q_pi - V_wrong` when lambda is 1. What comes after a path that is cut
/// off is told as it is.
template <class M>
constexpr bool gae_of_lambda_one_is_biased_by_its_baseline_only(M const& m) {
  using R = scalar_of<M>;
  auto const v = listed(m, value_of(m, m.policy));
  auto const w = listed(m, [&](auto const& s) { return m.w(s); });
  return is_expected(
      m, m.policy,
      [&](auto const& path) {
        return bellman::gae(path.rewards, along<R>(path, w), end_of<R>(path, v), {.gamma = m.gamma, .lambda = R(1)})
            .advantages;
      },
      bellman::advantage(bellman::action_value(m.env, m.gamma, v), w));
}

/// With values `V_pi + e` the lambda-return is on average off by
/// `E[sum_k (gamma lambda)^(k - 1) gamma (1 - lambda) e(S_k)]`, over the states behind the first that are neither
/// terminal nor where the path is cut off.
template <class M>
constexpr bool lambda_returns_are_biased_as_they_mix(M const& m, scalar_of<M> const& lambda) {
  using R = scalar_of<M>;
  auto const v = listed(m, value_of(m, m.policy));
  auto const w = listed(m, [&](auto const& s) { return m.w(s); });
  auto const q = bellman::action_value(m.env, m.gamma, v);
  R const decay = product(m.gamma, lambda);
  R const mix = product(m.gamma, difference(R(1), lambda));
  return is_expected_at_first(
      m, m.policy,
      [&](auto const& path) {
        auto estimates = bellman::lambda_returns(path.rewards, along<R>(path, w), end_of<R>(path, v),
                                                 {.gamma = m.gamma, .lambda = lambda});
        R bias(0);
        for (std::size_t k = path.size(); k-- > 1;) {
          R const e = difference(w(path.states[k]), v(path.states[k]));
          bias = R(sum(product(mix, e), product(decay, bias)));
        }
        estimates[0] = R(difference(estimates[0], bias));
        return estimates;
      },
      q);
}

// `T_pi^n w`, and `Q`-values of it: E[R + gamma (T_pi^n w)(S')].
template <class M>
constexpr auto after_operators(M const& m, std::size_t n) {
  auto w = listed(m, [&](auto const& s) { return m.w(s); });
  auto const T = bellman::bellman_expectation(m.env, m.policy, m.gamma);
  for (; n > 0; --n) w = listed(m, T(w));
  return w;
}

/// The n-step return with any values `w` is on average `E[R + gamma (T_pi^(n - 1) w)(S')]`.
template <class M>
constexpr bool n_step_returns_apply_the_operator_n_times(M const& m) {
  using R = scalar_of<M>;
  auto const w = after_operators(m, 0);
  for (std::size_t n = 1; n <= m.horizon + 1; ++n) {
    std::size_t const looks = n < m.horizon ? n : m.horizon;
    auto const estimate = [&](auto const& path) {
      return bellman::n_step_returns(path.rewards, along<R>(path, w), end_of<R>(path, w), n, m.gamma);
    };
    auto const expected = bellman::action_value(m.env, m.gamma, after_operators(m, looks - 1));
    if (!is_expected_at_first(m, m.policy, estimate, expected)) return false;
  }
  return true;
}

/// The lambda-return with any values is the mean of the n-step returns, `(1 - lambda) lambda^(n - 1)` of each.
template <class M>
constexpr bool lambda_returns_mix_the_n_step_returns(M const& m, scalar_of<M> const& lambda) {
  using R = scalar_of<M>;
  auto const w = after_operators(m, 0);
  return is_expected_at_first(
      m, m.policy,
      [&](auto const& path) {
        return bellman::lambda_returns(path.rewards, along<R>(path, w), end_of<R>(path, w),
                                       {.gamma = m.gamma, .lambda = lambda});
      },
      [&](auto const& s, auto const& a) {
        R total(0);
        R weight(1);
        for (std::size_t n = 1; n <= m.horizon; ++n) {
          R const q = bellman::action_value(m.env, m.gamma, after_operators(m, n - 1))(s, a);
          R const share = n < m.horizon ? R(product(weight, difference(R(1), lambda))) : weight;
          total = R(sum(total, product(share, q)));
          weight = R(product(weight, lambda));
        }
        return total;
      });
}

/// TD errors have the mean 0 with the true values of the policy, and `T_pi w - w` with any others.
template <class M>
constexpr bool td_errors_are_what_the_operator_changes(M const& m) {
  using R = scalar_of<M>;
  auto const errors = [&](auto const& v) {
    return [&m, v](auto const& path) {
      return bellman::td_errors(path.rewards, along<R>(path, v), end_of<R>(path, v), m.gamma);
    };
  };
  auto const w = after_operators(m, 0);
  auto const once = after_operators(m, 1);
  auto const v = listed(m, value_of(m, m.policy));
  return is_expected_of_states(m, m.policy, errors(v), [](auto const&) { return R(0); }) &&
         is_expected_of_states(m, m.policy, errors(w), [&](auto const& s) { return difference(once(s), w(s)); });
}

/// Sarsa(lambda): with the true values of the actions that were taken, lambda-returns are on average `Q_pi`.
template <class M>
constexpr bool sarsa_returns_are_action_values(M const& m, scalar_of<M> const& lambda) {
  using R = scalar_of<M>;
  auto const v = listed(m, value_of(m, m.policy));
  auto const q = bellman::action_value(m.env, m.gamma, v);
  return is_expected(
      m, m.policy,
      [&](auto const& path) {
        return bellman::lambda_returns(path.rewards, along<R>(path, q), end_of<R>(path, v),
                                       {.gamma = m.gamma, .lambda = lambda});
      },
      q);
}

// `pi / mu` of the actions of a path.
template <class M, class Policy, class Behaviour>
constexpr auto ratio_of(M const& m, Policy const& pi, Behaviour const& mu) {
  return [&m, pi, mu](auto const& s, auto const& a) {
    using R = scalar_of<M>;
    return R(bellman::quotient(probability_of(m, pi, s, a), probability_of(m, mu, s, a)));
  };
}

/// The bounds of V-trace, and its lambda.
template <class R>
struct clips {
  R rho;
  R c;
  R lambda = R(1);
};

/// The value of the clipped policy is the fixed point of V-trace, over the trajectories of the policy that acted, and
/// there the advantages are on average `min(clip_pg_rho, pi / mu) A`. Espeholt et al. 2018, theorem 1.
template <class M, class Behaviour>
constexpr bool vtrace_stays_at_the_value_of_its_clipped_policy(M const& m, Behaviour const& mu,
                                                               clips<scalar_of<M>> const& bounds) {
  using R = scalar_of<M>;
  auto const v = listed(m, value_of(m, clipped(m, mu, bounds.rho)));
  auto const advantage = bellman::advantage(bellman::action_value(m.env, m.gamma, v), v);
  auto const ratio = ratio_of(m, m.policy, mu);
  R const bound(9, 10);
  auto const estimates = [&](auto const& path) {
    return bellman::vtrace(
        path.rewards, along<R>(path, v), along<R>(path, ratio), end_of<R>(path, v),
        {.gamma = m.gamma, .lambda = bounds.lambda, .clip_rho = bounds.rho, .clip_c = bounds.c, .clip_pg_rho = bound});
  };
  return is_expected_of_states(
             m, mu, [&](auto const& path) { return estimates(path).targets; }, v) &&
         is_expected(
             m, mu, [&](auto const& path) { return estimates(path).advantages; },
             [&](auto const& s, auto const& a) {
               R const rho = ratio(s, a);
               return product(rho < bound ? rho : bound, advantage(s, a));
             });
}
/// No ratio reaches `bound`: the clipped policy is the policy.
template <class M, class Behaviour>
constexpr bool an_unreached_bound_clips_nothing(M const& m, Behaviour const& mu, scalar_of<M> const& bound) {
  auto const of_clipped = value_of(m, clipped(m, mu, bound));
  return is_equal(m, of_clipped, value_of(m, m.policy));
}
/// V-trace that clips nothing, with any values and lambda 1, is importance sampling per decision: on average `V_pi`.
template <class M, class Behaviour>
constexpr bool vtrace_without_clips_is_unbiased(M const& m, Behaviour const& mu, scalar_of<M> const& bound) {
  using R = scalar_of<M>;
  auto const v = listed(m, value_of(m, m.policy));
  auto const w = after_operators(m, 0);
  return is_expected_of_states(
      m, mu,
      [&](auto const& path) {
        return bellman::vtrace(path.rewards, along<R>(path, w), along<R>(path, ratio_of(m, m.policy, mu)),
                               end_of<R>(path, v),
                               {.gamma = m.gamma, .lambda = R(1), .clip_rho = bound, .clip_c = bound})
            .targets;
      },
      v);
}

/// The traces of an off-policy return.
enum class traces { retrace, tree_backup, importance_sampling, none, half_of_the_ratio };

// How such a return is made of a path of `mu`, of a state value and an action value, for the policy in question.
template <class M, class Behaviour>
constexpr auto off_policy_estimate(M const& m, Behaviour const& mu, traces kind, scalar_of<M> const& lambda) {
  using R = scalar_of<M>;
  return [&m, mu, kind, lambda](auto const& path, auto const& v, auto const& q, bellman::step<R> const& end) {
    bellman::trace_parameters<R> const p{.gamma = m.gamma, .lambda = lambda};
    auto const vs = along<R>(path, v);
    auto const qs = along<R>(path, q);
    auto const ratios = along<R>(path, ratio_of(m, m.policy, mu));
    if (kind == traces::retrace) return bellman::retrace(path.rewards, vs, qs, ratios, end, p);
    if (kind == traces::tree_backup) {
      auto const pi = along<R>(path, [&](auto const& s, auto const& a) { return probability_of(m, m.policy, s, a); });
      return bellman::tree_backup(path.rewards, vs, qs, pi, end, p);
    }
    std::vector<R> c;
    for (R const& ratio : ratios) {
      c.push_back(kind == traces::importance_sampling ? ratio : kind == traces::none ? R(0) : R(ratio / R(2)));
    }
    return bellman::off_policy_returns(path.rewards, vs, qs, c, end, p);
  };
}

/// `Q_pi` is a fixed point of the general off-policy return.
template <class M, class Behaviour>
constexpr bool an_off_policy_return_stays_at_the_action_value(M const& m, Behaviour const& mu, traces kind,
                                                              scalar_of<M> const& lambda) {
  using R = scalar_of<M>;
  auto const v = listed(m, value_of(m, m.policy));
  auto const q = bellman::action_value(m.env, m.gamma, v);
  auto const estimate = off_policy_estimate(m, mu, kind, lambda);
  return is_expected(
      m, mu, [&](auto const& path) { return estimate(path, v, q, end_of<R>(path, v)); }, q);
}

/// From any `Q` it comes nearer to `Q_pi`, by gamma at least, when the traces lie between 0 and `pi / mu`: hence no
/// other fixed point. Munos et al. 2016, theorem 1.
template <class M, class Behaviour>
constexpr bool an_off_policy_return_is_a_contraction(M const& m, Behaviour const& mu, traces kind,
                                                     scalar_of<M> const& lambda) {
  using R = scalar_of<M>;
  auto const v = listed(m, value_of(m, m.policy));
  auto const q = bellman::action_value(m.env, m.gamma, v);
  auto const wrong = bellman::action_value(m.env, m.gamma, after_operators(m, 0));
  auto const guess = [&](auto const& s, auto const& a) { return sum(wrong(s, a), m.v(s)); };
  auto const guessed_value = [&](auto const& s) {
    return bellman::expectation(bellman::action_distribution<std::remove_cvref_t<decltype(m.env)>>(m.policy, s),
                                [&](auto const& a) { return guess(s, a); });
  };
  R farthest(0);
  for (auto const& s : m.states) {
    if (m.env.terminal(s)) continue;
    for (auto const& a : m.env.actions(s)) {
      farthest = bellman::maximum(farthest, magnitude(R(difference(guess(s, a), q(s, a)))));
    }
  }
  R const allowed = product(m.gamma, farthest);
  auto const estimate = off_policy_estimate(m, mu, kind, lambda);
  return std::ranges::all_of(m.starts, [&](auto const& s) {
    if (m.env.terminal(s)) return true;
    auto const paths = paths_of(m, mu, s);
    return std::ranges::all_of(m.env.actions(s), [&](auto const& a) {
      R total(0);
      R of_action(0);
      for (auto const& [path, p] : paths) {
        if (!(path.actions[0] == a)) continue;
        R const G = estimate(path, guessed_value, guess, end_of<R>(path, guessed_value))[0];
        total = R(sum(total, product(p, G)));
        of_action = R(sum(of_action, p));
      }
      if (of_action == R(0)) return true;
      return at_most(magnitude(R(difference(bellman::quotient(total, of_action), q(s, a)))), allowed);
    });
  });
}

/// Importance sampling per decision, without any values: on average `Q_pi` for every first action.
template <class M, class Behaviour>
constexpr bool importance_sampling_per_decision_is_unbiased(M const& m, Behaviour const& mu) {
  using R = scalar_of<M>;
  auto const v = listed(m, value_of(m, m.policy));
  auto const nothing = [](auto const&) { return R(0); };
  auto const estimate = off_policy_estimate(m, mu, traces::importance_sampling, R(1));
  return is_expected(
      m, mu, [&](auto const& path) { return estimate(path, nothing, nothing, end_of<R>(path, v)); },
      bellman::action_value(m.env, m.gamma, v));
}

/// Corrected by importance, TD errors of another policy have the mean 0 with the true values; with lambda 1 and any
/// values `w` it is `V_pi - w`.
template <class M, class Behaviour>
constexpr bool corrected_td_errors_vanish_with_true_values(M const& m, Behaviour const& mu,
                                                           scalar_of<M> const& lambda) {
  using R = scalar_of<M>;
  auto const v = listed(m, value_of(m, m.policy));
  auto const w = after_operators(m, 0);
  auto const errors = [&](auto const& values, R const& l) {
    return [&, l](auto const& path) {
      return bellman::importance_corrected_td_errors(path.rewards, along<R>(path, values),
                                                     along<R>(path, ratio_of(m, m.policy, mu)), end_of<R>(path, v),
                                                     {.gamma = m.gamma, .lambda = l});
    };
  };
  return is_expected_of_states(m, mu, errors(v, lambda), [](auto const&) { return R(0); }) &&
         is_expected_of_states(m, mu, errors(w, R(1)), [&](auto const& s) { return difference(v(s), w(s)); });
}

/// `Q*` is a fixed point of Watkins's Q(lambda), whoever acts.
template <class M, class Behaviour>
constexpr bool watkins_returns_stay_at_the_optimum(M const& m, Behaviour const& mu, scalar_of<M> const& lambda) {
  using R = scalar_of<M>;
  auto const v = listed(m, bellman::solve(m.env, m.gamma, m.states).value);
  auto const q = bellman::action_value(m.env, m.gamma, v);
  return is_expected(
      m, mu,
      [&](auto const& path) {
        return bellman::watkins_q_lambda_returns(path.rewards, along<R>(path, v), along<R>(path, q), end_of<R>(path, v),
                                                 {.gamma = m.gamma, .lambda = lambda});
      },
      q);
}

/// Peng's Q(lambda) stays at `Q*` when a greedy policy acts.
template <class M>
constexpr bool peng_returns_of_a_greedy_policy_stay_at_the_optimum(M const& m, scalar_of<M> const& lambda) {
  using R = scalar_of<M>;
  auto const best = bellman::solve(m.env, m.gamma, m.states);
  auto const v = listed(m, best.value);
  return is_expected(
      m, best.policy,
      [&](auto const& path) {
        return bellman::lambda_returns(path.rewards, along<R>(path, v), end_of<R>(path, v),
                                       {.gamma = m.gamma, .lambda = lambda});
      },
      bellman::action_value(m.env, m.gamma, v));
}

}  // namespace laws
