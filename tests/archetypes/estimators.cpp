// SPDX-License-Identifier: BSL-1.0
#include <bellman/affine/order.hpp>
#include <bellman/decision/ending.hpp>
#include <bellman/estimation/estimator.hpp>
#include <bellman/estimation/gae.hpp>
#include <bellman/estimation/importance_corrected_td_errors.hpp>
#include <bellman/estimation/lambda_returns.hpp>
#include <bellman/estimation/n_step_returns.hpp>
#include <bellman/estimation/off_policy_returns.hpp>
#include <bellman/estimation/recorded_steps.hpp>
#include <bellman/estimation/retrace.hpp>
#include <bellman/estimation/returns_to_go.hpp>
#include <bellman/estimation/step.hpp>
#include <bellman/estimation/td_errors.hpp>
#include <bellman/estimation/trace_parameters.hpp>
#include <bellman/estimation/vtrace.hpp>

#include <array>
#include <concepts>
#include <iterator>
#include <ranges>
#include <vector>

#include "archetypes/archetypes.hpp"
#include "archetypes/line.hpp"
#include "estimation/every_estimator.hpp"
#include "support/both_times.hpp"
#include "support/catch.hpp"

namespace {

using archetypes::half;
using archetypes::line;
using archetypes::number;
using archetypes::vector;
using archetypes::writer;
using bellman::deduced;
using bellman::test::true_at_both_times;

constexpr auto numbers(int a, int b, int c) { return line(std::vector{number(a), number(b), number(c)}); }
constexpr auto columns() {
  return estimators::columns{numbers(1, 0, 4), numbers(2, 1, 0), numbers(2, 1, 3), numbers(1, 0, 1)};
}
constexpr auto steps() {
  using step = bellman::step<number>;
  return line(
      std::vector{step(bellman::continues{}), step(bellman::terminated{}), step(bellman::truncated{number(2)})});
}
constexpr bellman::trace_parameters<number> halves{.gamma = half, .lambda = half};

}  // namespace

TEST_CASE("the line and the writer are a range and an iterator of random access, and of no more") {
  STATIC_REQUIRE(std::ranges::random_access_range<line<number> const>);
  STATIC_REQUIRE(!std::ranges::contiguous_range<line<number>> && !std::ranges::sized_range<line<number>>);
  STATIC_REQUIRE(!std::ranges::common_range<line<number>> && !std::copyable<line<number>>);
  STATIC_REQUIRE(std::random_access_iterator<writer<number>> && !std::contiguous_iterator<writer<number>>);
}

TEST_CASE("estimators ask for no more of their columns than random access, and of their numbers than a field") {
  CHECK(true_at_both_times([] {
    auto const c = columns();
    bool same = true;
    estimators::for_each([&]<class Estimator>(Estimator) {
      auto const one_by_one =
          estimators::outputs(Estimator::template call<deduced, bellman::sequential>(c, steps(), halves));
      auto const two =
          estimators::outputs(Estimator::template call<deduced, bellman::in_register<2>>(c, steps(), halves));
      // 4 + 2/2
      same = same && one_by_one == two && one_by_one[0][2] == number(5);
    });
    auto const n_steps = bellman::n_step_returns(c.rewards, c.values, steps(), 2, half);
    return same && n_steps == std::vector{number(1), number(0), number(5)};
  }));
}

TEST_CASE("flags are anything that compares with 0") {
  CHECK(true_at_both_times([] {
    std::vector const ends{number(0), number(1), number(2)};
    bellman::recorded_steps const steps_there{.terminated = std::views::all(ends)};
    return bellman::returns_to_go(numbers(1, 2, 3), steps_there, half) == std::vector{number(2), number(2), number(3)};
  }));
}

TEST_CASE("estimates are written through any iterator of random access") {
  CHECK(true_at_both_times([] {
    std::array<number, 3> first{number(0), number(0), number(0)};
    std::array<number, 3> second{number(0), number(0), number(0)};
    auto const ends = bellman::gae(numbers(1, 2, 4), numbers(1, 1, 2), bellman::terminated{}, {half, number(1)},
                                   writer(first.data()), writer(second.data()));
    auto const end = bellman::n_step_returns(numbers(1, 2, 4), numbers(1, 1, 2), bellman::terminated{}, 3, half,
                                             writer(first.data()));
    return ends.advantages == writer(first.data() + 3) && ends.returns == writer(second.data() + 3) &&
           end == writer(first.data() + 3) && second == std::array{number(3), number(4), number(4)} && first == second;
  }));
}

TEST_CASE("estimates of vectors ask for no more than a vector space; ratios are its scalars") {
  CHECK(true_at_both_times([] {
    using step = bellman::step<vector>;
    auto const rewards = [] { return line(std::vector{vector(number(1), number(0)), vector(number(4), number(2))}); };
    auto const values = [] { return line(std::vector{vector(number(2), number(0)), vector(number(2), number(4))}); };
    auto const ratios = [] { return line(std::vector{number(1), number(1, 2)}); };
    std::vector const ends{step(bellman::continues{}), step(bellman::truncated{vector(number(2), number(0))})};
    // G_1 = (4 + 1, 2), V_1 + (G_1 - V_1) / 2 = (7/2, 3)
    auto const lambda = bellman::lambda_returns(rewards(), values(), ends, halves);
    auto const errors = bellman::td_errors(rewards(), values(), ends, half);
    auto const two = bellman::n_step_returns(rewards(), values(), ends, 2, half);
    bellman::trace_parameters<number> const undecayed{.gamma = half, .lambda = number(1)};
    auto const off = bellman::off_policy_returns(rewards(), values(), values(), ratios(), ends, undecayed);
    auto const retrace = bellman::retrace(rewards(), values(), values(), ratios(), ends, undecayed);
    auto const corrected = bellman::importance_corrected_td_errors(rewards(), values(), ratios(), ends, undecayed);
    auto const clipped = bellman::vtrace(rewards(), values(), ratios(), ends, {.gamma = half});
    return lambda[0].x() == number(11, 4) && lambda[0].y() == number(3, 2) && errors[1].x() == number(3) &&
           two[0].x() == number(7, 2) && off[0].x() == number(11, 4) && retrace[0].y() == number(3, 2) &&
           corrected[1].y() == number(-1) && clipped.targets[1].x() == number(7, 2) &&
           clipped.advantages[0].y() == number(3, 2);
  }));
}
