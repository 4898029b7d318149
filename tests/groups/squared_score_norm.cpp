// SPDX-License-Identifier: BSL-1.0
#include <bellman/groups/squared_score_norm.hpp>

#include <bellman/interop/boost_rational.hpp>

#include "support/both_times.hpp"
#include "support/catch.hpp"

namespace {

using bellman::rational;
using bellman::test::true_at_both_times;

}  // namespace

TEST_CASE("the norm of a score is what the derivatives of a softmax add up to") {
  // Probabilities 1/2, 1/3, 1/6: for the first (1/2)^2 + (1/3)^2 + (1/6)^2
  CHECK(true_at_both_times([] {
    rational const squares = rational(1, 4) + rational(1, 9) + rational(1, 36);
    return bellman::squared_score_norm(rational(1, 2), squares) == rational(7, 18) &&
           bellman::squared_score_norm(rational(1), rational(1)) == rational(0);
  }));
}
