// SPDX-License-Identifier: BSL-1.0
#include <bellman/estimation/off_policy_returns.hpp>

#include <bellman/decision/ending.hpp>
#include <bellman/error.hpp>
#include <bellman/estimation/trace_parameters.hpp>
#include <bellman/interop/boost_rational.hpp>
#include <bellman/scalar/coordinates.hpp>
#include <bellman/scalar/dual.hpp>

#include <array>
#include <span>
#include <vector>

#include "estimation/four_steps.hpp"
#include "support/both_times.hpp"
#include "support/catch.hpp"
#include "support/message_of.hpp"
#include "support/rationals.hpp"

namespace {

using bellman::off_policy_returns;
using bellman::rational;
using bellman::terminated;
using bellman::truncated;
using bellman::test::four_steps::action_values;
using bellman::test::four_steps::ratios;
using bellman::test::four_steps::rewards;
using bellman::test::four_steps::state_values;
using bellman::test::four_steps::whole;
using bellman::test::half;
using bellman::test::message_of;
using bellman::test::true_at_both_times;

}  // namespace

TEST_CASE("an off-policy return corrects the value of each later state by what its action was worth") {
  CHECK(true_at_both_times([] {
    // G_3 = 3; G_2 = -2 + 4/2, the trace of 3 being 0; G_1 = (-1 + 3 (0 + 1)) / 2; G_0 = 1 + (2 + 1/2 (1 - 1)) / 2
    return off_policy_returns(rewards, state_values, action_values, ratios, terminated{}, whole) ==
           std::array{rational(2), rational(1), rational(0), rational(3)};
  }));
  CHECK(true_at_both_times([] {
    bellman::trace_parameters<rational> const p{.gamma = half, .lambda = half};
    // G_1 = (-1 + 3/2) / 2; G_0 = 1 + (2 + 1/4 (1/4 - 1)) / 2
    return off_policy_returns(rewards, state_values, action_values, ratios, truncated{rational(6)}, p) ==
           std::array{rational(61, 32), rational(1, 4), rational(0), rational(6)};
  }));
}

TEST_CASE("importance sampling per decision weighs each reward by the actions that led to it") {
  CHECK(true_at_both_times([] {
    std::array const nothing{rational(0), rational(0), rational(0), rational(0)};
    std::array const rho{rational(2), rational(1, 2), rational(3), rational(1, 3)};
    // 1 + 1/2 * 1/2 * 0 + 1/4 * 3/2 * -2 + 1/8 * 1/2 * 3
    return off_policy_returns(rewards, nothing, nothing, rho, terminated{}, whole)[0] ==
           rational(1) + rational(1, 4) * rational(0) + rational(3, 8) * rational(-2) + rational(1, 16) * rational(3);
  }));
}

TEST_CASE("off-policy returns take parameters for each step, vectors and duals") {
  CHECK(true_at_both_times([] {
    std::array const gammas{half, rational(1), rational(0), half};
    std::array const lambdas{rational(1), half, rational(1), rational(1)};
    // G_3 = 3; G_2 = -2; G_1 = -1 + 3 (-2 + 1); G_0 = 1 + (2 + 1/4 (-4 - 1)) / 2
    return off_policy_returns(rewards, state_values, action_values, ratios, terminated{},
                              bellman::trace_parameters{.gamma = std::span(gammas), .lambda = std::span(lambdas)}) ==
           std::array{rational(11, 8), rational(-4), rational(-2), rational(3)};
  }));
  CHECK(true_at_both_times([] {
    using vector = bellman::coordinates<double, 2>;
    std::array const r{vector{1.0, 0.0}, vector{2.0, 4.0}};
    std::array const v{vector{0.0, 0.0}, vector{4.0, 2.0}};
    std::array const q{vector{0.0, 0.0}, vector{1.0, 0.0}};
    std::array const c{0.5, 0.25};
    auto const G = off_policy_returns(r, v, q, c, terminated{}, {.gamma = 1, .lambda = 1});
    return G[0] == vector{5.25, 3.0} && G[1] == r[1];
  }));
  CHECK(true_at_both_times([] {
    using number = bellman::dual<rational>;
    // By the ratio of the second action: G_0 = 1 + (2 + rho (G_1 - 1)) / 2 with G_1 = 1.
    std::array const r{number(rational(1)), number(rational(3))};
    std::array const v{number(rational(0)), number(rational(2))};
    std::array const q{number(rational(0)), number(rational(1))};
    std::array const rho{number(rational(1)), number::variable(half)};
    auto const G =
        off_policy_returns(r, v, q, rho, terminated{}, {.gamma = number(half), .lambda = number(rational(1))});
    return G[0].value == rational(5, 2) && G[0].derivative[0] == rational(1);
  }));
}

TEST_CASE("columns of another length are refused by their names") {
  std::vector const two{1.0, 2.0};
  std::vector const three{1.0, 2.0, 3.0};
  bellman::trace_parameters<double> const p{.gamma = 0.5, .lambda = 0.5};
  auto const refusal = [&](auto const& v, auto const& q, auto const& c) {
    return message_of([&] { off_policy_returns(two, v, q, c, terminated{}, p); });
  };
  CHECK(refusal(three, two, two) == "bellman: 3 values and 2 rewards; there must be one for each reward");
  CHECK(refusal(two, three, two) == "bellman: 3 action values and 2 rewards; there must be one for each reward");
  CHECK(refusal(two, two, three) == "bellman: 3 traces and 2 rewards; there must be one for each reward");
}
