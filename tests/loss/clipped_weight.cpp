// SPDX-License-Identifier: BSL-1.0
#include <bellman/loss/clipped_weight.hpp>

#include <bellman/error.hpp>
#include <bellman/interop/boost_rational.hpp>

#include "loss/tokens.hpp"
#include "support/both_times.hpp"
#include "support/catch.hpp"

namespace {

using bellman::clipped_weight;
using bellman::rational;
using bellman::test::true_at_both_times;
using bellman::test::exact;
using bellman::test::fifth;
using bellman::test::is;

}  // namespace

TEST_CASE("a clipped weight leaves every token its gradient") {
  CHECK(true_at_both_times([] {
    clipped_weight const s(fifth, rational(1));
    auto const far = s(exact(rational(5)), rational(3), exact::variable(rational(-1)));
    auto const near = s(exact(rational(3, 2)), rational(3), exact::variable(rational(-1)));
    return is(far, -6, 6) && is(near, rational(-9, 2), rational(9, 2)) && s.binds(rational(5), rational(0)) &&
           !s.binds(rational(3, 2), rational(3));
  }));
}

TEST_CASE("the bounds of a weight may be integers beside numbers, and are not negative") {
  CHECK(true_at_both_times([] { return clipped_weight{0.2, 1}(5.0, 1.0, -1.0) == -2.0; }));
  CHECK_THROWS_AS((clipped_weight{-0.1, 1.0}), bellman::invalid_value);
}
