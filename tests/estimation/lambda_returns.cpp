// SPDX-License-Identifier: BSL-1.0
#include <bellman/estimation/lambda_returns.hpp>

#include <bellman/decision/ending.hpp>
#include <bellman/estimation/n_step_returns.hpp>
#include <bellman/estimation/returns_to_go.hpp>
#include <bellman/estimation/trace_parameters.hpp>
#include <bellman/interop/boost_rational.hpp>
#include <bellman/scalar/coordinates.hpp>
#include <bellman/scalar/dual.hpp>

#include <array>
#include <cstddef>
#include <span>
#include <vector>

#include "estimation/four_steps.hpp"
#include "support/approx_equal.hpp"
#include "support/both_times.hpp"
#include "support/catch.hpp"

namespace {

using bellman::lambda_returns;
using bellman::rational;
using bellman::terminated;
using bellman::trace_parameters;
using bellman::truncated;
using bellman::test::approx_equal;
using bellman::test::four_steps::g;
using bellman::test::four_steps::l;
using bellman::test::four_steps::rewards;
using bellman::test::four_steps::values;
using bellman::test::true_at_both_times;

}  // namespace

TEST_CASE("a lambda-return mixes the value of the next state with the return from it") {
  CHECK(true_at_both_times([] {
    // 3; -2 + (4/3 + 2/3 * 3) / 2; 0 + (-1/3 + 2/3 * -1/3) / 2; 1 + (2/3 + 2/3 * -5/18) / 2
    return lambda_returns(rewards, values, terminated{}, {.gamma = g, .lambda = l}) ==
           std::array{rational(67, 54), rational(-5, 18), rational(-1, 3), rational(3)};
  }));
}

TEST_CASE("it is the mean of the n-step returns, each weighted by (1 - lambda) lambda^(n - 1)") {
  CHECK(true_at_both_times([] {
    auto const mixed = lambda_returns(rewards, values, truncated{rational(5)}, {.gamma = g, .lambda = l});
    for (std::size_t t = 0; t < 4; ++t) {
      rational mean(0);
      rational weight(1);
      for (std::size_t n = 1; n <= 4 - t; ++n) {
        rational const share = t + n < 4 ? weight * (rational(1) - l) : weight;
        mean += share * bellman::n_step_returns(rewards, values, truncated{rational(5)}, n, g)[t];
        weight *= l;
      }
      if (mixed[t] != mean) return false;
    }
    return true;
  }));
}

TEST_CASE("lambda 0 gives the targets of TD(0), lambda 1 the returns to go") {
  CHECK(true_at_both_times([] {
    return lambda_returns(rewards, values, truncated{rational(6)}, {.gamma = g, .lambda = rational(0)}) ==
               std::array{rational(2), rational(-1, 2), rational(0), rational(6)} &&
           lambda_returns(rewards, values, truncated{rational(6)}, {.gamma = g, .lambda = rational(1)}) ==
               bellman::returns_to_go(rewards, truncated{rational(6)}, g);
  }));
}

TEST_CASE("a discount belongs to its reward, a lambda to the state in which the reward was earned") {
  CHECK(true_at_both_times([] {
    std::array const gammas{rational(1, 2), rational(0), rational(1), rational(1, 3)};
    std::array const lambdas{rational(0), rational(1), rational(1, 2), rational(1, 4)};
    // G_3 = 3 + 6/3; G_2 = -2 + (3/4 * 4 + 1/4 * 5); G_1 = 0 + 0; G_0 = 1 + 1/2 (0 * 2 + 1 * 0)
    return lambda_returns(rewards, values, truncated{rational(6)},
                          trace_parameters{.gamma = std::span(gammas), .lambda = std::span(lambdas)}) ==
           std::array{rational(1), rational(0), rational(9, 4), rational(5)};
  }));
  CHECK(true_at_both_times([] {
    std::array const lambdas{rational(0), rational(1), rational(1, 2), rational(1, 4)};
    // G_3 = 3; G_2 = -2 + (3 + 3/4) / 2; G_1 = (-1/2 - 1/16) / 2; G_0 = 1 + G_1 / 2
    return lambda_returns(rewards, values, terminated{}, trace_parameters{.gamma = g, .lambda = lambdas}) ==
           std::array{rational(55, 64), rational(-9, 32), rational(-1, 8), rational(3)};
  }));
}

TEST_CASE("the derivative of a lambda-return by its discount is that of the closed form") {
  CHECK(true_at_both_times([] {
    using number = bellman::dual<rational>;
    number const gamma = number::variable(g);
    auto const G =
        lambda_returns(rewards, values, truncated{rational(6)}, trace_parameters{.gamma = gamma, .lambda = l});
    // G_0 = R_0 + sum_k (gamma lambda)^(k - 1) gamma ((1 - lambda) V_k + lambda R_k) + gamma^4 lambda^3 6, each power
    // of gamma derived by itself.
    rational value(1);
    rational derivative(0);
    rational power(1);  // gamma^(k - 1)
    rational decay(1);  // lambda^(k - 1)
    for (int k = 1; k < 4; ++k) {
      auto const i = static_cast<std::size_t>(k);
      rational const of_k = decay * ((rational(1) - l) * values[i] + l * rewards[i]);
      value += power * g * of_k;
      derivative += rational(k) * power * of_k;
      power *= g;
      decay *= l;
    }
    value += power * g * decay * rational(6);
    derivative += rational(4) * power * decay * rational(6);
    return G[0].value == value && G[0].derivative[0] == derivative && G[3].derivative[0] == rational(6);
  }));
  CHECK(true_at_both_times([] {
    using number = bellman::dual<double>;
    std::vector const r{1.0, 2.0, 3.0};
    std::vector const v{0.5, 0.25, 4.0};
    // By lambda: G_0 = 1 + g ((1 - l) V_1 + l (2 + g ((1 - l) V_2 + l 3)))
    auto const G = lambda_returns(r, v, terminated{}, trace_parameters{.gamma = 0.5, .lambda = number::variable(0.75)});
    double const inner = 2 + 0.5 * (0.25 * 4 + 0.75 * 3);
    double const by_lambda = 0.5 * (-0.25 + inner + 0.75 * 0.5 * (-4 + 3));
    return approx_equal(G[0].value, 1 + 0.5 * (0.25 * 0.25 + 0.75 * inner), 1e-14) &&
           approx_equal(G[0].derivative[0], by_lambda, 1e-14);
  }));
}

TEST_CASE("lambda-returns of vectors are those of their components") {
  CHECK(true_at_both_times([] {
    using vector = bellman::coordinates<rational, 2>;
    std::array<vector, 4> r{};
    std::array<vector, 4> v{};
    for (std::size_t t = 0; t < 4; ++t) {
      r[t] = vector{rewards[t], rational(static_cast<int>(t))};
      v[t] = vector{values[t], rewards[t]};
    }
    auto const G = lambda_returns(r, v, terminated{}, {.gamma = g, .lambda = l});
    auto const first = lambda_returns(rewards, values, terminated{}, {.gamma = g, .lambda = l});
    std::array const counted{rational(0), rational(1), rational(2), rational(3)};
    auto const second = lambda_returns(counted, rewards, terminated{}, {.gamma = g, .lambda = l});
    for (std::size_t t = 0; t < 4; ++t) {
      if (!(G[t] == vector{first[t], second[t]})) return false;
    }
    return true;
  }));
  CHECK(true_at_both_times([] {
    using pair = std::array<rational, 2>;
    std::array const r{pair{rational(1), rational(2)}, pair{rational(3), rational(4)}};
    auto const G = lambda_returns(r, r, truncated{pair{rational(2), rational(0)}}, {.gamma = g, .lambda = rational(1)});
    return G[1] == pair{rational(4), rational(4)} && G[0] == pair{rational(3), rational(4)};
  }));
}
