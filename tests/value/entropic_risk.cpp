// SPDX-License-Identifier: BSL-1.0
#include <bellman/value/entropic_risk.hpp>

#include <bellman/error.hpp>
#include <bellman/probability/distribution.hpp>
#include <bellman/probability/uniform.hpp>

#include <array>
#include <cmath>
#include <cstddef>
#include <limits>

#include "support/approx_equal.hpp"
#include "support/both_times.hpp"
#include "support/catch.hpp"
#include "value/laws_of_equivalents.hpp"

namespace entropic_risk_tests {

using bellman::entropic_risk;
using bellman::test::absolutely_close;
using bellman::test::four_outcomes;
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
  CHECK(absolutely_close(entropic_risk(2.0)(d, [](double x) { return x + 100; }), entropic_risk(2.0)(d, itself) + 100,
                         1e-12));
  CHECK(absolutely_close(entropic_risk(1.0)(d, [](double x) { return x - 1e6; }), entropic_risk(1.0)(d, itself) - 1e6,
                         1e-8));
}

TEST_CASE("it keeps the laws of an equivalent at every aversion, within rounding") {
  for (double beta : {0x1p-20, 0.1, 1.0, 7.0, 1000.0}) {
    // The numbers are below 5 and their logarithms below 3; relative to a small beta rounding counts for more.
    double const open = 8 * std::numeric_limits<double>::epsilon() * (8 + 3 / beta);
    CHECK(bellman::test::keeps_the_laws<double>(entropic_risk(beta), four_outcomes<double>(), open));
  }
}

TEST_CASE("it falls with the aversion, and is as near to the mean and to the worst outcome as theory says") {
  auto const d = four_outcomes<double>();
  bellman::test::numbers_of_four numbers{11};
  for (int k = 0; k < 12; ++k) {
    auto const x = numbers.draw<double>(-9, 9);
    auto const of = [&](std::size_t i) { return x[i]; };
    double const mean = x[0] / 2 + x[1] / 4 + x[2] / 8 + x[3] / 8;
    std::size_t worst = 0;
    double most = x[0];
    for (std::size_t i = 1; i < 4; ++i) {
      if (x[i] < x[worst]) worst = i;
      if (most < x[i]) most = x[i];
    }
    double const width = most - x[worst];
    double before = mean;
    for (double beta : {0x1p-10, 0x1p-5, 0.25, 1.0, 4.0, 32.0, 1024.0}) {
      double const v = entropic_risk(beta)(d, of);
      double const open = 8 * std::numeric_limits<double>::epsilon() * (8 + 3 / beta);
      CHECK(v <= before + open);                           // first: not above the mean, by Jensen's inequality
      CHECK(mean - beta * width * width / 8 <= v + open);  // by Hoeffding's lemma
      CHECK(x[worst] <= v + open);
      // The mean of exp(-beta x) is no less than the worst outcome's share of it.
      CHECK(v <= x[worst] - std::log(d[worst].probability) / beta + open);
      before = v;
    }
  }
}

TEST_CASE("an aversion that is not a finite number above 0 is refused") {
  for (double bad : {0.0, -1.0, std::numeric_limits<double>::infinity(), std::numeric_limits<double>::quiet_NaN()}) {
    CHECK_THROWS_AS(entropic_risk(bad), bellman::invalid_value);
  }
}

}  // namespace entropic_risk_tests
