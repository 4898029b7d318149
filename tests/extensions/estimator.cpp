// SPDX-License-Identifier: BSL-1.0
#include "extensions/estimator.hpp"

#include <bellman/decision/ending.hpp>
#include <bellman/estimation/off_policy_returns.hpp>
#include <bellman/estimation/recorded_steps.hpp>
#include <bellman/estimation/trace_parameters.hpp>
#include <bellman/estimation/tree_backup.hpp>
#include <bellman/interop/boost_rational.hpp>

#include <array>
#include <span>
#include <vector>

#include "support/approx_equal.hpp"
#include "support/both_times.hpp"
#include "support/catch.hpp"

using bellman::rational;

namespace {

constexpr std::array rewards{rational(1), rational(2), rational(0), rational(4)};
constexpr std::array values{rational(1), rational(3), rational(2), rational(1)};
constexpr std::array action_values{rational(2), rational(1), rational(2), rational(3)};
constexpr std::array ratios{rational(2), rational(1, 2), rational(3), rational(1)};
constexpr std::array probabilities{rational(1, 2), rational(1, 4), rational(3, 4), rational(1, 2)};
constexpr rational half(1, 2);

template <class Sigma>
constexpr auto returns(Sigma const& sigma) {
  return extensions::q_sigma_returns(rewards, values, action_values, ratios, probabilities, bellman::terminated{},
                                     {.gamma = half, .lambda = rational(1), .sigma = rational(sigma)});
}

}  // namespace

TEST_CASE("an estimator that is added from outside has all call forms of the library's own") {
  CHECK(bellman::test::true_at_both_times([] {
    bellman::trace_parameters const p{.gamma = half, .lambda = rational(1)};
    bellman::terminated const end;
    // sigma 1 believes the ratios, sigma 0 the probabilities
    return returns(1) == bellman::off_policy_returns(rewards, values, action_values, ratios, end, p) &&
           returns(0) == bellman::tree_backup(rewards, values, action_values, probabilities, end, p) &&
           returns(half)[3] == rational(4) &&
           returns(half)[2] == rational(0) + half * (rational(1) + rational(3, 4) * (rational(4) - rational(3)));
  }));
}

TEST_CASE("it runs in registers over a recording of flags, and writes where it is told") {
  std::size_t const n = 37;
  std::vector<float> r, v, q, rho, pi;
  std::vector<unsigned char> ends;
  for (std::size_t t = 0; t < n; ++t) {
    r.push_back(static_cast<float>(t % 5));
    v.push_back(static_cast<float>(t % 3));
    q.push_back(static_cast<float>(t % 4));
    rho.push_back(0.5f + static_cast<float>(t % 2));
    pi.push_back(0.25f);
    ends.push_back(t % 10 == 9 || t + 1 == n);
  }
  bellman::recorded_steps const steps{.terminated = std::span(ends)};
  std::vector<float> out(n);
  auto const end = extensions::q_sigma_returns(r, v, q, rho, pi, steps, {.gamma = 0.9, .lambda = 0.8, .sigma = 0.5},
                                               out.begin());
  CHECK(end == out.end());
  std::vector<float> traces;
  for (std::size_t t = 0; t < n; ++t) traces.push_back(0.5f * rho[t] + 0.5f * pi[t]);
  auto const same = bellman::off_policy_returns(r, v, q, traces, steps, {.gamma = 0.9, .lambda = 0.8});
  for (std::size_t t = 0; t < n; ++t) CHECK(bellman::test::approx_equal(out[t], same[t], 1e-5f));
}
