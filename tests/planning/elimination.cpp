// SPDX-License-Identifier: BSL-1.0
#include <bellman/planning/elimination.hpp>

#include <bellman/error.hpp>
#include <bellman/interop/boost_rational.hpp>
#include <bellman/planning/fixed_point_problem.hpp>
#include <bellman/planning/tabulate.hpp>
#include <bellman/probability/uniform.hpp>
#include <bellman/value/bellman_operator.hpp>

#include <cstddef>

#include "models/textbook.hpp"
#include "models/two_state_cycle.hpp"
#include "support/both_times.hpp"
#include "support/catch.hpp"

namespace {

using bellman::elimination;
using bellman::fixed_point_problem;
using bellman::rational;
using bellman::tabulate;
using bellman::test::true_at_both_times;

}  // namespace

TEST_CASE("elimination solves the equations of an operator over a table, exactly") {
  CHECK(true_at_both_times([] {
    auto const t = tabulate(models::two_state_cycle<rational>{});
    auto const go = tabulate(t, [](int) { return 1; });
    rational const g(2, 3);
    auto const found = elimination{}(fixed_point_problem(bellman::bellman_expectation(t, go, g), t, g));
    // (3 - g) / (1 - g^2) and (3 g - 1) / (1 - g^2)
    return found.values[0] == rational(21, 5) && found.values[1] == rational(9, 5) && found.error_bound == rational(0);
  }));
}

TEST_CASE("what comes back only by chance is solved with what it ends in") {
  CHECK(true_at_both_times([] {
    // Gambler's ruin: from s of 1 to 5 the right end is reached with s/6.
    auto const t = tabulate(models::random_walk<rational>{});
    auto const any = tabulate(t, [](int) { return 0; });
    auto const found = elimination{}(fixed_point_problem(bellman::bellman_expectation(t, any, 1), t, 1));
    for (int s = 1; s < 6; ++s) {
      if (found.values[static_cast<std::size_t>(s)] != rational(s, 6)) return false;
    }
    return found.values[0] == rational(0) && found.values[6] == rational(0);
  }));
}

TEST_CASE("with a discount of 1 a policy that never ends is refused") {
  auto const t = tabulate(models::two_state_cycle<rational>{});
  auto const go = tabulate(t, [](int) { return 1; });
  CHECK_THROWS_AS(elimination{}(fixed_point_problem(bellman::bellman_expectation(t, go, 1), t, 1)),
                  bellman::invalid_value);
}
