// SPDX-License-Identifier: BSL-1.0
#include <bellman/conventions/shared/capped_weight.hpp>

#include <bellman/interop/boost_rational.hpp>
#include <bellman/loss/clipped_weight.hpp>
#include <bellman/loss/surrogate.hpp>

#include "support/both_times.hpp"
#include "support/catch.hpp"

namespace {

using bellman::rational;
using bellman::conventions::capped_weight;
using bellman::test::true_at_both_times;

}  // namespace

TEST_CASE("a capped weight is the clipped weight without a least ratio") {
  CHECK(true_at_both_times([] {
    capped_weight<rational> const capped{rational(2)};
    bellman::clipped_weight const weight{rational(1), rational(1)};
    for (int r = 0; r <= 50; ++r) {
      if (!(capped(rational(r, 10), rational(3), rational(-1)) == weight(rational(r, 10), rational(3), rational(-1)))) {
        return false;
      }
    }
    return true;
  }));
  STATIC_REQUIRE(bellman::surrogate<capped_weight<double>>);
}
