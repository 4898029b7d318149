// SPDX-License-Identifier: BSL-1.0
#include <bellman/groups/pass_at_k.hpp>

#include <bellman/error.hpp>
#include <bellman/interop/boost_rational.hpp>

#include "support/approx_equal.hpp"
#include "support/both_times.hpp"
#include "support/catch.hpp"

namespace {

using bellman::invalid_value;
using bellman::rational;
using bellman::test::approx_equal;
using bellman::test::true_at_both_times;

}  // namespace

TEST_CASE("pass at k counts the draws without a correct answer") {
  CHECK(true_at_both_times([] {
    using bellman::pass_at_k;
    // 1 - C(3, 2) / C(5, 2) = 1 - 3 / 10
    return pass_at_k<rational>(5, 2, 2) == rational(7, 10) && pass_at_k<rational>(5, 2, 1) == rational(2, 5) &&
           pass_at_k<rational>(5, 2, 4) == rational(1) && pass_at_k<rational>(5, 0, 5) == rational(0) &&
           pass_at_k<rational>(5, 3, 0) == rational(0) && approx_equal(pass_at_k(5, 2, 2), 0.7, 1e-15);
  }));
  CHECK(approx_equal(bellman::pass_at_k(200, 1, 100), 0.5, 1e-13));
  CHECK_THROWS_AS(bellman::pass_at_k(5, 6, 1), invalid_value);
  CHECK_THROWS_AS(bellman::pass_at_k(5, 1, 6), invalid_value);
}
