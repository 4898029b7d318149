// SPDX-License-Identifier: BSL-1.0
#include <bellman/planning/bounded_values.hpp>

#include <bellman/interop/boost_rational.hpp>
#include <bellman/planning/fixed_point_of.hpp>
#include <bellman/planning/state_index.hpp>
#include <bellman/planning/tabulate.hpp>
#include <bellman/value/bellman_operator.hpp>

#include <vector>

#include "models/listed_mdp.hpp"
#include "planning/cases.hpp"
#include "support/both_times.hpp"
#include "support/catch.hpp"

namespace planning_bounded_values {

using bellman::bounded_values;
using bellman::no_index;
using bellman::rational;
using bellman::test::one;
using bellman::test::true_at_both_times;

TEST_CASE("nothing is known of no values, and that is certain") {
  CHECK(true_at_both_times([] {
    bounded_values<rational> const x;
    return x.values.empty() && x.below.empty() && x.above.empty() && x.slots.empty() &&
           x.stopped == bellman::stop::certified && x.sweeps == 0 && x.sweeps_to_certify == 0;
  }));
}

TEST_CASE("values have radii and slots by the numbers of the states, none where a state is terminal") {
  CHECK(true_at_both_times([] {
    auto const t =
        bellman::tabulate(models::mdp_of_rows<rational>(2, {{0, 0, one, 1, rational(3)}, {0, 1, one, 1, rational(5)}}));
    auto const x = bellman::fixed_point_of(bellman::bellman_optimality(t, one));
    return x.values == std::vector{rational(5), rational(0)} && x.below == std::vector{rational(0), rational(0)} &&
           x.above == x.below && x.slots.size() == 2 && x.slots[0] == 1 && x.slots[1] == no_index && x.sweeps >= 1 &&
           x.sweeps_to_certify >= 1 && x.sweeps_to_certify <= x.sweeps;
  }));
}

}  // namespace planning_bounded_values
