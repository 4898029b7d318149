// SPDX-License-Identifier: BSL-1.0
#include <bellman/value/entropic_risk.hpp>

#include <bellman/error.hpp>
#include <bellman/probability/distribution.hpp>
#include <bellman/probability/uniform.hpp>

#include <array>
#include <cmath>
#include <limits>

#include "support/approx_equal.hpp"
#include "support/both_times.hpp"
#include "support/catch.hpp"

namespace entropic_risk_tests {

using bellman::entropic_risk;
using bellman::test::absolutely_close;
using bellman::test::true_at_both_times;

constexpr std::array some{1.0, 4.0, 2.5};
constexpr auto itself = [](double x) { return x; };

TEST_CASE("it is -1/beta log of the mean of exp(-beta x)") {
  CHECK(true_at_both_times([] {
    // Of 0 and log 3 with a half each and an aversion of 1: -log((1 + 1/3) / 2) = log(3/2).
    double const log_3 = 1.0986122886681098;
    return absolutely_close(entropic_risk(1.0)(bellman::uniform(std::array{0.0, log_3}), itself), 0.4054651081081644,
                            1e-15);
  }));
  double direct = 0;
  for (double x : some) direct += std::exp(-0.7 * x) / 3;
  CHECK(absolutely_close(entropic_risk(0.7)(bellman::uniform(some), itself), -std::log(direct) / 0.7, 1e-14));
}

TEST_CASE("it tends to the mean and to the worst outcome, moves with a constant, and does not overflow") {
  auto const d = bellman::uniform(some);
  CHECK(absolutely_close(entropic_risk(1e-9)(d, itself), 2.5, 1e-6));
  CHECK(absolutely_close(entropic_risk(1e6)(d, itself), 1.0, 1e-5));
  CHECK(absolutely_close(entropic_risk(2.0)(d, [](double x) { return x + 100; }),
                         entropic_risk(2.0)(d, itself) + 100, 1e-12));
  CHECK(absolutely_close(entropic_risk(1.0)(d, [](double x) { return x - 1e6; }),
                         entropic_risk(1.0)(d, itself) - 1e6, 1e-8));
}

TEST_CASE("an aversion that is not a finite number above 0 is refused") {
  for (double bad : {0.0, -1.0, std::numeric_limits<double>::infinity(), std::numeric_limits<double>::quiet_NaN()}) {
    CHECK_THROWS_AS(entropic_risk(bad), bellman::invalid_value);
  }
}

}  // namespace entropic_risk_tests
