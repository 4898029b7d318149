// SPDX-License-Identifier: BSL-1.0
#include <bellman/loss/surrogate.hpp>

#include <bellman/loss/clipped.hpp>
#include <bellman/loss/clipped_weight.hpp>
#include <bellman/loss/dual_clipped.hpp>
#include <bellman/loss/soft_clipped.hpp>

#include <limits>

#include "loss/tokens.hpp"
#include "support/both_times.hpp"
#include "support/catch.hpp"

namespace {

using bellman::clipping_surrogate;
using bellman::log_likelihood;
using bellman::surrogate;
using bellman::unclipped;
using bellman::test::true_at_both_times;
using bellman::test::at;
using bellman::test::exact;
using bellman::test::is;
using bellman::rational;

}  // namespace

TEST_CASE("a plain objective is the ratio times the advantage, or the log-probability times it") {
  CHECK(true_at_both_times([] {
    return is(at(unclipped{}, rational(3, 2), -2), -3, -2) &&
           is(log_likelihood{}(exact::variable(5), rational(2), exact::variable(rational(-1, 2))), -1, 2);
  }));
}

TEST_CASE("an advantage of 0 hides a ratio that overflowed, but not its own derivative") {
  CHECK(unclipped{}(std::numeric_limits<double>::infinity(), 0.0) == 0.0);
  // Its derivative, where there is one, stays.
  CHECK(unclipped{}(exact(rational(3)), exact::variable(0)).derivative[0] == 3);
}

TEST_CASE("a surrogate is a function of a ratio, an advantage, and a log-probability where it asks for one") {
  STATIC_REQUIRE(surrogate<unclipped> && surrogate<log_likelihood> && surrogate<bellman::soft_clipped<float>, float>);
  STATIC_REQUIRE(surrogate<unclipped, exact, rational> && !surrogate<double> && !surrogate<decltype([](int) {})>);
  STATIC_REQUIRE(clipping_surrogate<bellman::clipped<double>> && clipping_surrogate<bellman::dual_clipped<double>> &&
                 clipping_surrogate<bellman::clipped_weight<double>>);
  STATIC_REQUIRE(!clipping_surrogate<unclipped> && !clipping_surrogate<bellman::soft_clipped<double>>);
}
