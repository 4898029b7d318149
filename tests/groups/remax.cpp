// SPDX-License-Identifier: BSL-1.0
#include <bellman/groups/remax.hpp>

#include <bellman/error.hpp>
#include <bellman/interop/boost_rational.hpp>
#include <bellman/scalar/dual.hpp>

#include <array>
#include <limits>
#include <string>
#include <vector>

#include "support/both_times.hpp"
#include "support/catch.hpp"

namespace {

using bellman::invalid_value;
using bellman::rational;
using bellman::test::true_at_both_times;

}  // namespace

TEST_CASE("ReMax subtracts the reward of the greedy answer") {
  CHECK(true_at_both_times([] {
    std::array const returns{rational(1), rational(1), rational(3)};
    return bellman::remax(returns, rational(1, 2)) == std::array{rational(1, 2), rational(1, 2), rational(5, 2)} &&
           bellman::remax(returns, std::array{rational(1), rational(0), rational(4)}) ==
               std::array{rational(0), rational(1), rational(-1)};
  }));
  CHECK_THROWS_AS(bellman::remax(std::array{1.0, 2.0}, std::array{1.0}), invalid_value);
  CHECK_THROWS_AS(bellman::remax(std::array{1.0, 2.0}, std::array{1.0, 2.0, 3.0}), invalid_value);
}

TEST_CASE("ReMax is the same with a baseline for all as with one for each") {
  // In float the baseline would be 1.
  std::vector const rewards{1.0f, 2.0f};
  double const b = 1.00000001;
  CHECK(bellman::remax(rewards, std::vector{b, b}) == bellman::remax(rewards, b));
  CHECK(bellman::remax(rewards, std::vector{b, b})[0] < 0.0f);
  using number = bellman::dual<double>;
  auto const a = bellman::remax(std::array{number(3.0)}, std::array{number::variable(1.0)});
  CHECK(a[0].derivative[0] == -1.0);
}

TEST_CASE("ReMax refuses rewards and baselines that are not finite, in both forms") {
  double const bad = GENERATE(std::numeric_limits<double>::quiet_NaN(), std::numeric_limits<double>::infinity());
  CHECK_THROWS_AS(bellman::remax(std::array{bad, 1.0}, std::array{1.0, 1.0}), invalid_value);
  CHECK_THROWS_AS(bellman::remax(std::array{bad, 1.0}, 1.0), invalid_value);
  CHECK_THROWS_AS(bellman::remax(std::array{1.0, 1.0}, std::array{1.0, bad}), invalid_value);
  CHECK_THROWS_AS(bellman::remax(std::array{1.0, 1.0}, bad), invalid_value);
  try {
    bellman::remax(std::array{1.0, 1.0}, std::array{1.0, bad});
    FAIL("not refused");
  } catch (invalid_value const& e) {
    CHECK(std::string(e.what()).find("baseline 1 is ") != std::string::npos);
  }
}
