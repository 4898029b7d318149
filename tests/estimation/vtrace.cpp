// SPDX-License-Identifier: BSL-1.0
#include <bellman/estimation/vtrace.hpp>

#include <bellman/decision/ending.hpp>
#include <bellman/error.hpp>
#include <bellman/estimation/gae.hpp>
#include <bellman/estimation/lambda_returns.hpp>
#include <bellman/estimation/trace_parameters.hpp>
#include <bellman/interop/boost_rational.hpp>
#include <bellman/scalar/coordinates.hpp>
#include <bellman/scalar/dual.hpp>

#include <array>
#include <limits>
#include <span>
#include <string>
#include <vector>

#include "estimation/four_steps.hpp"
#include "support/both_times.hpp"
#include "support/catch.hpp"
#include "support/message_of.hpp"
#include "support/rationals.hpp"

namespace {

using bellman::rational;
using bellman::terminated;
using bellman::truncated;
using bellman::vtrace;
using bellman::test::four_steps::rewards;
using bellman::test::four_steps::values;
using bellman::test::half;
using bellman::test::message_of;
using bellman::test::true_at_both_times;

constexpr std::array rhos{rational(2), rational(1, 2), rational(0), rational(3)};

}  // namespace

TEST_CASE("V-trace targets and advantages are those of the paper") {
  // delta = 3/2, -5/2, 1, -1; rho and c at most 1: 1, 1/2, 0, 1.
  CHECK(true_at_both_times([] {
    auto const [targets, advantages] = vtrace(rewards, values, rhos, terminated{}, {.gamma = half});
    // v_3 = 4 - 1; v_2 = -1; v_1 = 2 - 5/4 + 1/4 (v_2 + 1); v_0 = 1/2 + 3/2 + 1/2 (v_1 - 2)
    // A = rho (R + v'/2 - V): 1 + 3/8 - 1/2; 1/2 (-1/2 - 2); 0; 3 - 4
    return targets == std::array{rational(11, 8), rational(3, 4), rational(-1), rational(3)} &&
           advantages == std::array{rational(7, 8), rational(-5, 4), rational(0), rational(-1)};
  }));
}

TEST_CASE("the bounds of rho, of c and of the policy gradient's rho are three") {
  CHECK(true_at_both_times([] {
    auto const [targets, advantages] =
        vtrace(rewards, values, rhos, truncated{rational(6)},
               {.gamma = half, .clip_rho = rational(3, 2), .clip_c = half, .clip_pg_rho = rational(5)});
    // delta_3 = 3 + 3 - 4 = 2: v_3 = 4 + 3/2 * 2; v_2 = -1; v_1 = 2 - 5/4; v_0 = 1/2 + 9/4 + 1/4 (v_1 - 2)
    // A_0 = 2 (1 + v_1 / 2 - 1/2), A_3 = 3 * 2
    return targets == std::array{rational(39, 16), rational(3, 4), rational(-1), rational(7)} &&
           advantages == std::array{rational(7, 4), rational(-5, 4), rational(0), rational(6)};
  }));
}

TEST_CASE("lambda draws the targets that are looked at towards the values") {
  CHECK(true_at_both_times([] {
    auto const [targets, advantages] = vtrace(rewards, values, rhos, terminated{}, {.gamma = half, .lambda = half});
    // As above, with half of each difference: v_0 = 1/2 + 3/2 + 1/4 (v_1 - 2); A_0 = 1 + (2 + 3/4) / 4 - 1/2
    return targets == std::array{rational(27, 16), rational(3, 4), rational(-1), rational(3)} &&
           advantages == std::array{rational(19, 16), rational(-5, 4), rational(0), rational(-1)};
  }));
  CHECK(true_at_both_times([] {
    auto const [targets, advantages] =
        vtrace(rewards, values, rhos, terminated{}, {.gamma = half, .lambda = rational(0)});
    // V + rho delta
    return targets == std::array{rational(2), rational(3, 4), rational(-1), rational(3)} &&
           advantages == std::array{rational(3, 2), rational(-5, 4), rational(0), rational(-1)};
  }));
}

TEST_CASE("on policy V-trace targets are the lambda-returns, with a lambda and a discount for each step as well") {
  CHECK(true_at_both_times([] {
    std::array const ones{rational(1), rational(1), rational(1), rational(1)};
    std::array const gammas{half, rational(0), rational(1), rational(1, 3)};
    std::array const lambdas{rational(0), rational(1), half, rational(1, 4)};
    auto const [targets, advantages] = vtrace(rewards, values, ones, truncated{rational(6)},
                                              bellman::vtrace_parameters{.gamma = std::span(gammas),
                                                                         .lambda = std::span(lambdas),
                                                                         .clip_rho = rational(1),
                                                                         .clip_c = rational(1),
                                                                         .clip_pg_rho = rational(1)});
    bellman::trace_parameters const p{.gamma = std::span(gammas), .lambda = std::span(lambdas)};
    return targets == bellman::lambda_returns(rewards, values, truncated{rational(6)}, p) &&
           advantages == bellman::gae(rewards, values, truncated{rational(6)}, p).advantages;
  }));
}

TEST_CASE("an infinite bound clips nothing") {
  double const infinity = std::numeric_limits<double>::infinity();
  std::vector const r{1.0, 2.0};
  std::vector const v{0.5, 0.25};
  std::vector const rho{8.0, 4.0};
  auto const [targets, advantages] =
      vtrace(r, v, rho, terminated{}, {.gamma = 1, .clip_rho = infinity, .clip_c = infinity, .clip_pg_rho = infinity});
  // v_1 = 1/4 + 4 * 7/4; v_0 = 1/2 + 8 * 3/4 + 8 * 7; A_0 = 8 (1 + 29/4 - 1/2)
  CHECK(targets == std::vector{62.5, 7.25});
  CHECK(advantages == std::vector{62.0, 7.0});
}

TEST_CASE("V-trace takes vectors of rewards, whose ratios are numbers") {
  CHECK(true_at_both_times([] {
    using vector = bellman::coordinates<double, 2>;
    std::array const r{vector{1.0, 0.0}, vector{2.0, 4.0}};
    std::array const v{vector{0.5, 0.0}, vector{0.25, 1.0}};
    std::array const rho{0.5, 4.0};
    auto const [targets, advantages] = vtrace(r, v, rho, terminated{}, {.gamma = 1});
    // In each component: v_1 = R_1; v_0 = V_0 + (R_0 + R_1 - V_0) / 2
    return targets[1] == r[1] && targets[0] == vector{1.75, 2.0} && advantages[0] == vector{1.25, 2.0} &&
           advantages[1] == vector{1.75, 3.0};
  }));
}

TEST_CASE("the derivative of a V-trace target by a ratio is that of its formula") {
  CHECK(true_at_both_times([] {
    using number = bellman::dual<rational>;
    std::array const rho{number::variable(half), number(rational(1))};
    std::array const r{number(rational(1)), number(rational(2))};
    std::array const v{number(rational(3)), number(rational(4))};
    auto const targets = vtrace(r, v, rho, terminated{}, {.gamma = number(half)}).targets;
    // v_0 = 3 + rho (1 + 2/2 - 3)
    return targets[0].value == rational(5, 2) && targets[0].derivative[0] == rational(-1) &&
           targets[1].derivative[0] == rational(0);
  }));
}

TEST_CASE("bounds that are not above 0, and ratios of another length, are refused") {
  std::vector const x{1.0, 2.0};
  std::vector const longer{1.0, 2.0, 3.0};
  auto const refusal = [&](auto const& p) { return message_of([&] { vtrace(x, x, x, terminated{}, p); }); };
  using parameters = bellman::vtrace_parameters<double>;
  CHECK(refusal(parameters{.gamma = 0.5, .clip_rho = 0.0}) == "bellman: clip_rho is 0; it must be above 0");
  CHECK(refusal(parameters{.gamma = 0.5, .clip_c = -1.0}) == "bellman: clip_c is -1; it must be above 0");
  CHECK(refusal(parameters{.gamma = 0.5, .clip_pg_rho = std::numeric_limits<double>::quiet_NaN()})
            .find("clip_pg_rho is ") != std::string::npos);
  CHECK(refusal(parameters{.gamma = 1.5}) == "bellman: the discount is 1.5; it must lie in [0, 1]");
  CHECK(refusal(parameters{.gamma = 0.5, .lambda = -0.5}) == "bellman: lambda is -0.5; it must lie in [0, 1]");
  CHECK(message_of([&] { vtrace(x, x, longer, terminated{}, parameters{.gamma = 0.5}); }) ==
        "bellman: 3 ratios and 2 rewards; there must be one for each reward");
}
