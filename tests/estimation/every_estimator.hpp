// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/estimation/gae.hpp>
#include <bellman/estimation/importance_corrected_td_errors.hpp>
#include <bellman/estimation/internal/estimate_type.hpp>
#include <bellman/estimation/lambda_returns.hpp>
#include <bellman/estimation/off_policy_returns.hpp>
#include <bellman/estimation/retrace.hpp>
#include <bellman/estimation/returns_to_go.hpp>
#include <bellman/estimation/step.hpp>
#include <bellman/estimation/td_errors.hpp>
#include <bellman/estimation/trace_parameters.hpp>
#include <bellman/estimation/vtrace.hpp>
#include <bellman/estimation/watkins_q_lambda_returns.hpp>

#include <array>
#include <cstddef>
#include <vector>

/// Every estimator that is a recursion over time, called alike; and each as textbooks write it, step after step, to
/// compare with.
namespace estimators {

/// What estimators are given of a recording; each reads some of it.
template <class Rewards, class Values = Rewards, class ActionValues = Values, class Ratios = Values>
struct columns {
  Rewards rewards;
  Values values;
  ActionValues action_values;
  Ratios ratios;
};
template <class A, class B, class C, class D>
columns(A, B, C, D) -> columns<A, B, C, D>;

/// The outputs of an estimator, one after another.
template <class Result>
constexpr auto outputs(Result const& r) {
  if constexpr (requires {
                  r.advantages;
                  r.returns;
                }) {
    return std::array<decltype(r.returns), 2>{r.advantages, r.returns};
  } else if constexpr (requires {
                         r.targets;
                         r.advantages;
                       }) {
    return std::array<decltype(r.targets), 2>{r.targets, r.advantages};
  } else {
    return std::array<Result, 1>{r};
  }
}

template <std::size_t Count, class N>
constexpr std::array<std::vector<N>, Count> array_of_vectors(std::size_t n) {
  if constexpr (Count == 1) {
    return {std::vector<N>(n, N(0))};
  } else {
    return {std::vector<N>(n, N(0)), std::vector<N>(n, N(0))};
  }
}

/// `x - y` in a plain loop.
struct as_written {
  template <class N>
  constexpr N minus(N const& x, N const& y) const {
    return N(x - y);
  }
  template <class N>
  constexpr bool greedy(N const& greatest, N const& chosen) const {
    return !(chosen < greatest);
  }
};
/// The same of sizes, where everything that is added or subtracted counts: what rounding is relative to.
struct of_sizes {
  template <class N>
  constexpr N minus(N const& x, N const& y) const {
    return N(x + y);
  }
  template <class N>
  constexpr bool greedy(N const&, N const&) const {
    return true;
  }
};
// A factor of zero hides what it multiplies.
template <class N>
constexpr N times(N const& f, N const& x) {
  return f == N(0) ? N(0) : N(f * x);
}
template <class N>
constexpr N least(N const& x, N const& y) {
  return y < x ? y : x;
}

/// What a plain loop sees at a step, and what it carries to the one before.
template <class N>
struct seen {
  N reward, value, action_value, ratio, gamma, lambda;
};
template <class N>
struct carried {
  N worth;  // what the recursion says of the next state
  N value;  // what was thought of it
};

struct returns_to_go {
  static constexpr char const* name = "returns_to_go";
  static constexpr std::size_t count = 1;
  template <class V, class Order, class C, class S, class P, class... Out>
  static constexpr auto call(C const& c, S const& steps, P const& p, Out... out) {
    return bellman::returns_to_go_in<V, Order>(c.rewards, steps, p.gamma, out...);
  }
  template <class N, class Ops>
  static constexpr std::array<N, 1> plain(Ops, seen<N> const& x, carried<N>& next) {
    next.worth = N(x.reward + times(x.gamma, next.worth));
    return {next.worth};
  }
};

struct td_errors {
  static constexpr char const* name = "td_errors";
  static constexpr std::size_t count = 1;
  template <class V, class Order, class C, class S, class P, class... Out>
  static constexpr auto call(C const& c, S const& steps, P const& p, Out... out) {
    return bellman::td_errors_in<V, Order>(c.rewards, c.values, steps, p.gamma, out...);
  }
  template <class N, class Ops>
  static constexpr std::array<N, 1> plain(Ops ops, seen<N> const& x, carried<N>& next) {
    N const error = ops.minus(N(x.reward + times(x.gamma, next.value)), x.value);
    next.value = x.value;
    return {error};
  }
};

struct lambda_returns {
  static constexpr char const* name = "lambda_returns";
  static constexpr std::size_t count = 1;
  template <class V, class Order, class C, class S, class P, class... Out>
  static constexpr auto call(C const& c, S const& steps, P const& p, Out... out) {
    return bellman::lambda_returns_in<V, Order>(c.rewards, c.values, steps, p, out...);
  }
  template <class N, class Ops>
  static constexpr std::array<N, 1> plain(Ops ops, seen<N> const& x, carried<N>& next) {
    N const G = N(x.reward + times(x.gamma, next.worth));
    next.worth = N(x.value + times(x.lambda, ops.minus(G, x.value)));
    return {G};
  }
};

struct gae {
  static constexpr char const* name = "gae";
  static constexpr std::size_t count = 2;
  template <class V, class Order, class C, class S, class P, class... Out>
  static constexpr auto call(C const& c, S const& steps, P const& p, Out... out) {
    return bellman::gae_in<V, Order>(c.rewards, c.values, steps, p, out...);
  }
  template <class N, class Ops>
  static constexpr std::array<N, 2> plain(Ops ops, seen<N> const& x, carried<N>& next) {
    N const G = lambda_returns::plain(ops, x, next)[0];
    return {ops.minus(G, x.value), G};
  }
};

// y = v + lambda c (G - q)
template <class N, class Ops>
constexpr N corrected(Ops ops, seen<N> const& x, N const& trace, carried<N>& next) {
  N const G = N(x.reward + times(x.gamma, next.worth));
  next.worth = N(x.value + times(N(x.lambda * trace), ops.minus(G, x.action_value)));
  return G;
}

struct off_policy_returns {
  static constexpr char const* name = "off_policy_returns";
  static constexpr std::size_t count = 1;
  template <class V, class Order, class C, class S, class P, class... Out>
  static constexpr auto call(C const& c, S const& steps, P const& p, Out... out) {
    return bellman::off_policy_returns_in<V, Order>(c.rewards, c.values, c.action_values, c.ratios, steps, p, out...);
  }
  template <class N, class Ops>
  static constexpr std::array<N, 1> plain(Ops ops, seen<N> const& x, carried<N>& next) {
    return {corrected(ops, x, x.ratio, next)};
  }
};

struct retrace {
  static constexpr char const* name = "retrace";
  static constexpr std::size_t count = 1;
  template <class V, class Order, class C, class S, class P, class... Out>
  static constexpr auto call(C const& c, S const& steps, P const& p, Out... out) {
    return bellman::retrace_in<V, Order>(c.rewards, c.values, c.action_values, c.ratios, steps, p, out...);
  }
  template <class N, class Ops>
  static constexpr std::array<N, 1> plain(Ops ops, seen<N> const& x, carried<N>& next) {
    return {corrected(ops, x, least(N(1), x.ratio), next)};
  }
};

struct watkins_q_lambda_returns {
  static constexpr char const* name = "watkins_q_lambda_returns";
  static constexpr std::size_t count = 1;
  template <class V, class Order, class C, class S, class P, class... Out>
  static constexpr auto call(C const& c, S const& steps, P const& p, Out... out) {
    return bellman::watkins_q_lambda_returns_in<V, Order>(c.rewards, c.values, c.action_values, steps, p, out...);
  }
  template <class N, class Ops>
  static constexpr std::array<N, 1> plain(Ops ops, seen<N> const& x, carried<N>& next) {
    return {corrected(ops, x, ops.greedy(x.value, x.action_value) ? N(1) : N(0), next)};
  }
};

struct importance_corrected_td_errors {
  static constexpr char const* name = "importance_corrected_td_errors";
  static constexpr std::size_t count = 1;
  template <class V, class Order, class C, class S, class P, class... Out>
  static constexpr auto call(C const& c, S const& steps, P const& p, Out... out) {
    return bellman::importance_corrected_td_errors_in<V, Order>(c.rewards, c.values, c.ratios, steps, p, out...);
  }
  template <class N, class Ops>
  static constexpr std::array<N, 1> plain(Ops ops, seen<N> x, carried<N>& next) {
    x.action_value = x.value;
    return {times(x.ratio, ops.minus(corrected(ops, x, x.ratio, next), x.value))};
  }
};

// With bounds that differ.
struct vtrace {
  static constexpr char const* name = "vtrace";
  static constexpr std::size_t count = 2;
  template <class V, class Order, class C, class S, class P, class... Out>
  static constexpr auto call(C const& c, S const& steps, P const& p, Out... out) {
    using F = bellman::scalar_t<bellman::internal::estimate_t<V, S, decltype(c.rewards), decltype(c.values)>>;
    bellman::vtrace_parameters const all{.gamma = p.gamma,
                                         .lambda = p.lambda,
                                         .clip_rho = F(F(3) / F(2)),
                                         .clip_c = F(F(3) / F(4)),
                                         .clip_pg_rho = F(1)};
    return bellman::vtrace_in<V, Order>(c.rewards, c.values, c.ratios, steps, all, out...);
  }
  template <class N, class Ops>
  static constexpr std::array<N, 2> plain(Ops ops, seen<N> const& x, carried<N>& next) {
    N const rho = least(N(N(3) / N(2)), x.ratio);
    N const c = least(N(N(3) / N(4)), x.ratio);
    N const error = ops.minus(N(x.reward + times(x.gamma, next.value)), x.value);
    N const later = times(N(x.gamma * c), ops.minus(next.worth, next.value));
    N const target = N(N(x.value + times(rho, error)) + later);
    N const gain = ops.minus(N(x.reward + times(x.gamma, next.worth)), x.value);
    N const advantage = times(least(N(1), x.ratio), gain);
    next = {N(x.value + times(x.lambda, ops.minus(target, x.value))), x.value};
    return {target, advantage};
  }
};

/// What the plain loop of an estimator says of a recording: 0 at skipped steps, and before an end nothing of what is
/// behind it.
template <class Estimator, class Ops, class N>
constexpr auto plain_estimates(Estimator, Ops ops, columns<std::vector<N>> const& c,
                               std::vector<bellman::step<N>> const& steps, std::vector<N> const& gammas,
                               std::vector<N> const& lambdas) {
  auto all = array_of_vectors<Estimator::count, N>(steps.size());
  carried<N> next{N(0), N(0)};
  for (std::size_t t = steps.size(); t-- > 0;) {
    if (steps[t].is_skipped()) continue;
    if (steps[t].is_ended()) next = {steps[t].after(), steps[t].after()};
    seen<N> const x{c.rewards[t], c.values[t], c.action_values[t], c.ratios[t], gammas[t], lambdas[t]};
    std::array<N, Estimator::count> const now = Estimator::plain(ops, x, next);
    for (std::size_t i = 0; i < Estimator::count; ++i) all[i][t] = now[i];
  }
  return all;
}

template <class Estimator, class Ops, class N>
constexpr auto plain_estimates(Estimator estimator, Ops ops, columns<std::vector<N>> const& c,
                               std::vector<bellman::step<N>> const& steps, N const& gamma, N const& lambda) {
  std::size_t const n = steps.size();
  return plain_estimates(estimator, ops, c, steps, std::vector<N>(n, gamma), std::vector<N>(n, lambda));
}

/// `visit(estimator)` for each of them.
template <class Visit>
constexpr void for_each(Visit const& visit) {
  visit(returns_to_go{});
  visit(td_errors{});
  visit(lambda_returns{});
  visit(gae{});
  visit(off_policy_returns{});
  visit(retrace{});
  visit(watkins_q_lambda_returns{});
  visit(importance_corrected_td_errors{});
  visit(vtrace{});
}

}  // namespace estimators
