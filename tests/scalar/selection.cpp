// SPDX-License-Identifier: BSL-1.0
#include <bellman/scalar/selection.hpp>

#include <array>

#include "support/both_times.hpp"
#include "support/catch.hpp"

namespace {

using bellman::test::true_at_both_times;

}  // namespace

TEST_CASE("the operations on masks and the choice between numbers are there for one number as well") {
  CHECK(true_at_both_times([] {
    return bellman::select(true, 1, 2) == 1 && bellman::select(false, 1, 2) == 2 && bellman::less(1, 2) &&
           !bellman::less(2, 2) && bellman::both(true, true) && !bellman::both(true, false) &&
           bellman::either(false, true) && !bellman::either(false, false) && bellman::negation(false);
  }));
}

TEST_CASE("masks of several numbers are combined lane by lane") {
  CHECK(true_at_both_times([] {
    std::array const m{true, true, false, false};
    std::array const n{true, false, true, false};
    return bellman::both(m, n) == std::array{true, false, false, false} &&
           bellman::either(m, n) == std::array{true, true, true, false} &&
           bellman::negation(m) == std::array{false, false, true, true};
  }));
  CHECK(bellman::equal(2, 2));
  CHECK(!bellman::equal(2, 3));
}
