// SPDX-License-Identifier: BSL-1.0
#include <bellman/planning/fixed_point_problem.hpp>

#include <bellman/error.hpp>
#include <bellman/interop/boost_rational.hpp>
#include <bellman/planning/iteration.hpp>
#include <bellman/planning/solving_method.hpp>
#include <bellman/planning/tabulate.hpp>
#include <bellman/value/bellman_operator.hpp>

#include <concepts>

#include "models/two_state_cycle.hpp"
#include "support/approx_equal.hpp"
#include "support/both_times.hpp"
#include "support/catch.hpp"

namespace {

using bellman::fixed_point_problem;
using bellman::rational;
using bellman::tabulate;
using bellman::test::absolutely_close;
using bellman::test::true_at_both_times;

}  // namespace

TEST_CASE("a problem has an operator, its table and its discount, and the slots that may be taken") {
  CHECK(true_at_both_times([] {
    auto const t = tabulate(models::two_state_cycle<rational>{});
    auto const T = bellman::bellman_optimality(t, rational(1, 2));
    fixed_point_problem const all(T, t, rational(1, 2));
    fixed_point_problem const some(T, t, rational(1, 2), [](bellman::index_t slot) { return slot != 3; });
    static_assert(std::same_as<decltype(all)::value_type, rational>);
    return all.table().size() == 2 && all.gamma() == rational(1, 2) && all.active()(3) && some.active()(2) &&
           !some.active()(3) && all.op()([](bellman::index_t) { return rational(2); })(0) == rational(4);
  }));
}

TEST_CASE("its numbers are those that the operator makes: integers become doubles, literals take the table's scalar") {
  auto const whole = tabulate(models::two_state_cycle<int>{});
  auto const narrow = tabulate(models::two_state_cycle<float>{});
  fixed_point_problem const of_whole(bellman::bellman_optimality(whole, 0.5), whole, 0.5);
  fixed_point_problem const of_narrow(bellman::bellman_optimality(narrow, 0.5), narrow, 0.5);
  STATIC_REQUIRE(std::same_as<decltype(of_whole)::value_type, double>);
  STATIC_REQUIRE(std::same_as<decltype(of_narrow)::value_type, float>);
  CHECK(of_narrow.gamma() == 0.5f);
  CHECK_THROWS_AS(fixed_point_problem(bellman::bellman_optimality(whole, 0.5), whole, 1.5), bellman::invalid_value);
}

TEST_CASE("any operator over a table makes one, the soft one too") {
  // Both actions of either state pay 1, so that the soft value is 1 / (1 - g) at every temperature.
  auto const t = tabulate(models::two_state_cycle<double>{1.0, 1.0, 1.0, 1.0});
  auto const found = bellman::iteration{1e-9}(fixed_point_problem(bellman::bellman_soft(t, 0.75, 0.3), t, 0.75));
  CHECK(found.error_bound <= 1e-9);
  CHECK(absolutely_close(found.values[0], 4.0, 1e-9));
  CHECK(absolutely_close(found.values[1], 4.0, 1e-9));
}
