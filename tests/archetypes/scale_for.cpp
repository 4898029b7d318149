// SPDX-License-Identifier: BSL-1.0
#include <bellman/groups/scale.hpp>

#include <bellman/groups/baseline.hpp>
#include <bellman/groups/best_of_group.hpp>
#include <bellman/groups/group_advantages.hpp>
#include <bellman/groups/grouping.hpp>
#include <bellman/groups/over_batch.hpp>
#include <bellman/groups/unless_alone.hpp>
#include <bellman/groups/weighted_group_advantages.hpp>
#include <bellman/groups/whiten.hpp>
#include <bellman/interop/boost_rational.hpp>
#include <bellman/probability/spread.hpp>
#include <bellman/probability/statistics.hpp>

#include <array>
#include <vector>

#include "support/both_times.hpp"
#include "support/catch.hpp"

namespace {

using bellman::group_mean;
using bellman::grouping;
using bellman::rational;
using bellman::test::true_at_both_times;

// A spread, and so a scale: called with statistics, and nothing else.
class spread {
 public:
  constexpr explicit spread(int factor) : factor_(factor) {}

  template <class W>
  constexpr rational operator()(bellman::statistics<rational, W> const& s) const {
    return rational(factor_) * s.squares;
  }

 private:
  int factor_;
};

}  // namespace

TEST_CASE("advantages and whitening ask for no more of a scale than that it is called") {
  CHECK(true_at_both_times([] {
    // Mean 2, squares 2
    std::array const rewards{rational(1), rational(3)};
    std::array const halved{rational(-1, 2), rational(1, 2)};
    bellman::group_advantages const of_batch{group_mean{}, bellman::over_batch{spread(2)}};
    bellman::group_advantages const alone{bellman::no_baseline{}, bellman::unless_alone{spread(2), 3}};
    bellman::weighted_group_advantages const weighted{group_mean{}, spread(1)};
    return bellman::group_advantages{group_mean{}, spread(1)}(rewards) == halved &&
           of_batch(rewards, grouping(std::array{1, 1})) == std::vector{rational(-1, 4), rational(1, 4)} &&
           alone(rewards, grouping(std::array{1, 2})) == std::vector{rational(1, 3), rational(1)} &&
           weighted(rewards, std::array{1, 1}) == halved && bellman::whitening(spread(1))(rewards) == halved &&
           bellman::best_of_group_advantages{spread(1)}(rewards) == std::array{rational(0), rational(1)};
  }));
}

TEST_CASE("spreads that are made of another ask for no more of it than that it is called") {
  CHECK(true_at_both_times([] {
    bellman::statistics<rational> const s{2, rational(2), rational(2)};
    return bellman::spread_plus{spread(1), 3}(s) == rational(5) &&
           bellman::spread_at_least{spread(1), 3}(s) == rational(3) &&
           bellman::spread_at_least{spread(2), 3}(s) == rational(4);
  }));
}
