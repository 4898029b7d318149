// SPDX-License-Identifier: BSL-1.0
#include <bellman/planning/fixed_point_problem.hpp>

#include <bellman/interop/boost_rational.hpp>
#include <bellman/planning/tabulate.hpp>
#include <bellman/value/bellman_operator.hpp>

#include <concepts>

#include "models/two_state_cycle.hpp"
#include "support/both_times.hpp"
#include "support/catch.hpp"

namespace {

using bellman::fixed_point_problem;
using bellman::rational;
using bellman::tabulate;
using bellman::test::true_at_both_times;

}  // namespace

TEST_CASE("a problem has an operator, its table and its discount") {
  CHECK(true_at_both_times([] {
    auto const t = tabulate(models::two_state_cycle<rational>{});
    fixed_point_problem const problem(bellman::bellman_optimality(t, rational(1, 2)));
    static_assert(std::same_as<decltype(problem)::value_type, rational>);
    return problem.table().size() == 2 && problem.gamma() == rational(1, 2) &&
           problem.op()([](bellman::index_t) { return rational(2); })(0) == rational(4);
  }));
}

TEST_CASE("its numbers are those that the operator makes: integers become doubles, literals take the table's scalar") {
  auto const whole = tabulate(models::two_state_cycle<int>{});
  auto const narrow = tabulate(models::two_state_cycle<float>{});
  fixed_point_problem const of_whole(bellman::bellman_optimality(whole, 0.5));
  fixed_point_problem const of_narrow(bellman::bellman_optimality(narrow, 0.5));
  STATIC_REQUIRE(std::same_as<decltype(of_whole)::value_type, double>);
  STATIC_REQUIRE(std::same_as<decltype(of_narrow)::value_type, float>);
  CHECK(of_narrow.gamma() == 0.5f);
}
