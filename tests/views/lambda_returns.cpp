// SPDX-License-Identifier: BSL-1.0
#include <bellman/views/lambda_returns.hpp>

#include <bellman/decision/ending.hpp>
#include <bellman/estimation/trace_parameters.hpp>
#include <bellman/interop/boost_rational.hpp>

#include <array>

#include "support/catch.hpp"

TEST_CASE("lambda-returns are seen lazily, in exact numbers by the type of their parameters") {
  using bellman::rational;
  std::array const rewards{rational(1), rational(2)};
  std::array const values{rational(5), rational(4)};
  bellman::trace_parameters const p{.gamma = rational(1, 2), .lambda = rational(1, 2)};
  auto returns = rewards | bellman::views::lambda_returns(values, bellman::terminated{}, p);
  CHECK(returns[0] == rational(5, 2));  // 1 + (4 + 2) / 4
  CHECK(returns[1] == rational(2));
}
