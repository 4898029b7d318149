// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/decision/reward.hpp>
#include <bellman/planning/state_value.hpp>
#include <bellman/planning/sweep.hpp>
#include <bellman/planning/tabulate.hpp>
#include <bellman/probability/log_softmax.hpp>
#include <bellman/probability/softmax.hpp>
#include <bellman/scalar/exponential.hpp>
#include <bellman/value/action_value.hpp>
#include <bellman/value/bellman_operator.hpp>

#include "engine.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <numeric>
#include <utility>
#include <vector>

// The value of an engine to a garage that knows more than we do.
//
// Of each decision it knows an advantage that we do not see, drawn anew each month from the extreme value distribution.
// On the mean over it, the better of two decisions is worth the logarithm of a sum of exponentials (here and below less
// Euler's constant), which is the soft Bellman operator, and as we see it the garage decides at random, by a softmax.
namespace bus_engine {

/// Values by bins.
template <class N>
using values = std::vector<N>;

namespace detail {

template <class N>
auto value_function(values<N> const& v) {
  return [&v](int x) -> N const& { return v[static_cast<std::size_t>(x)]; };
}

}  // namespace detail

/// The decisions of a garage for which an engine is worth `v` next month: `p(x, d)` and its logarithm.
template <class N>
class garage {
 public:
  garage(engine<N> const& env, double gamma, values<N> const& v) {
    auto const q = bellman::action_value(env, gamma, detail::value_function(v));
    for (int const x : env.states()) q_.push_back({q(x, decision::keep), q(x, decision::replace)});
  }

  auto operator()(int x) const { return bellman::softmax(decisions, q_[static_cast<std::size_t>(x)]); }
  N log_probability(int x, decision d) const {
    return bellman::log_softmax(q_[static_cast<std::size_t>(x)], static_cast<std::size_t>(d));
  }
  N probability(int x, decision d) const { return bellman::exp(log_probability(x, d)); }

 private:
  std::vector<std::array<N, 2>> q_;
};

/// One step of Newton's method for `v = T v`, T the soft operator.
///
/// The derivative of T at v is that of the policy which is soft-greedy for v, so the step is the value of this policy,
/// found by the library as that of any other. What it is paid: the reward, and the mean of the unseen advantage of a
/// decision in the months in which it is taken, which is `-log p(d | x)` (Hotz and Miller 1993).
template <class N>
values<N> newton_step(engine<N> const& env, double gamma, values<N> const& v) {
  garage<N> const policy(env, gamma, v);
  auto const with_advantage =
      bellman::with_reward(env, [&](int x, decision d) { return N(env.reward(x, d) - policy.log_probability(x, d)); });
  auto const next = bellman::state_value(with_advantage, policy, gamma, bellman::elimination{});
  values<N> all;
  for (int const x : env.states()) all.push_back(next(x));
  return all;
}

/// The soft operator as the library has it, with the mean over both decisions where the sum is wanted: each reward is
/// larger by `log 2`.
inline auto soft_operator(engine<double> const& env, double gamma) {
  auto const counted = bellman::with_reward(
      env, [=](int x, decision d) { return env.reward(x, d) + std::log(static_cast<double>(decisions.size())); });
  return [=](values<double> const& v) {
    auto const T = bellman::bellman_soft(counted, gamma, 1.0);
    auto const next = T(detail::value_function(v));
    values<double> all;
    for (int const x : env.states()) all.push_back(next(x));
    return all;
  };
}

inline double largest_difference(values<double> const& v, values<double> const& w) {
  double most = 0;
  for (std::size_t x = 0; x < v.size(); ++x) most = std::max(most, std::abs(v[x] - w[x]));
  return most;
}

/// How far `v` is from `T v`. The fixed point is at most this divided by `1 - gamma` from v.
inline double residual(engine<double> const& env, double gamma, values<double> const& v) {
  return bus_engine::largest_difference(v, bus_engine::soft_operator(env, gamma)(v));
}

/// The fixed point, and how far each step was from it: the residuals, that of the start first.
struct solved_engine {
  values<double> value;
  std::vector<double> residuals;
};

/// Newton's method from `v`. From its first step on each value is that of a policy, and each policy is better than the
/// one before it, until rounding stops that.
inline solved_engine solve_engine(engine<double> const& env, double gamma, values<double> v = values<double>(bins)) {
  solved_engine s{std::move(v), {}};
  auto const total = [](values<double> const& of) { return std::accumulate(of.begin(), of.end(), 0.0); };
  s.residuals.push_back(bus_engine::residual(env, gamma, s.value));
  for (int step = 0; step < 100; ++step) {
    auto next = bus_engine::newton_step(env, gamma, s.value);
    if (step > 0 && !(total(s.value) < total(next))) break;
    s.value = std::move(next);
    s.residuals.push_back(bus_engine::residual(env, gamma, s.value));
  }
  return s;
}

/// The fixed point with its derivatives, from the fixed point without: Newton's method doubles the number of right
/// digits, and in dual numbers the number of right derivatives. One step gives the first, another the second.
template <class N>
values<N> with_derivatives(engine<N> const& env, double gamma, values<double> const& v, int steps) {
  values<N> lifted(v.begin(), v.end());
  for (int i = 0; i < steps; ++i) lifted = bus_engine::newton_step(env, gamma, lifted);
  return lifted;
}

}  // namespace bus_engine
