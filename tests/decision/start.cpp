// SPDX-License-Identifier: BSL-1.0
#include <bellman/decision/start.hpp>

#include <bellman/decision/environment.hpp>
#include <bellman/error.hpp>
#include <bellman/interop/boost_rational.hpp>
#include <bellman/probability/categorical.hpp>
#include <bellman/probability/distribution.hpp>

#include <array>
#include <vector>

#include "models/recycling_robot.hpp"
#include "models/two_state_cycle.hpp"
#include "support/both_times.hpp"
#include "support/catch.hpp"

namespace {

using bellman::rational;
using models::battery;
using models::deed;
using cycle = models::two_state_cycle<double>;

}  // namespace

TEST_CASE("an environment is given a start") {
  CHECK(bellman::test::true_at_both_times([] {
    auto const begun =
        bellman::with_start(models::recycling_robot<rational>{},
                            bellman::categorical{std::array{bellman::weighted{battery::high, rational(2, 3)},
                                                            bellman::weighted{battery::low, rational(1, 3)}}});
    static_assert(bellman::episodic_environment<decltype(begun)> && bellman::finite_environment<decltype(begun)>);
    auto const is_high = [](battery s) { return rational(s == battery::high ? 1 : 0); };
    return bellman::expectation(begun.start(), is_high) == rational(2, 3) && !begun.terminal(battery::low) &&
           bellman::expectation(begun.transition(battery::high, deed::search),
                                [](auto const& o) { return o.reward; }) == rational(2);
  }));
}

TEST_CASE("an environment does not start from weights that are no distribution") {
  using raw = std::vector<bellman::weighted<int, double>>;
  CHECK_THROWS_AS(bellman::with_start(cycle{}, raw{{0, 0.5}}), bellman::invalid_value);
  CHECK_THROWS_AS(bellman::with_start(cycle{}, raw{}), bellman::invalid_value);
  CHECK(bellman::with_start(cycle{}, raw{{0, 1.0}}).start().size() == 1);
}
