// SPDX-License-Identifier: BSL-1.0
#include <bellman/groups/baseline.hpp>

#include <bellman/groups/group_advantages.hpp>
#include <bellman/groups/grouping.hpp>
#include <bellman/groups/over_batch.hpp>
#include <bellman/groups/unless_alone.hpp>
#include <bellman/groups/weighted_group_advantages.hpp>
#include <bellman/interop/boost_rational.hpp>
#include <bellman/probability/statistics.hpp>

#include <array>
#include <vector>

#include "archetypes/line.hpp"
#include "support/both_times.hpp"
#include "support/catch.hpp"

namespace {

using bellman::grouping;
using bellman::rational;
using bellman::test::true_at_both_times;

// A baseline: called with statistics and a reward, and nothing else.
class baseline {
 public:
  constexpr explicit baseline(int share) : share_(share) {}

  // Twice the mean less the reward, for a share of 1.
  template <class W>
  constexpr rational operator()(bellman::statistics<rational, W> const& s, rational const& reward) const {
    return s.mean + rational(share_) * (s.mean - reward);
  }

 private:
  int share_;
};

}  // namespace

TEST_CASE("a group's advantages ask for no more of a baseline than that it is called") {
  CHECK(true_at_both_times([] {
    auto const rewards = [] { return archetypes::line(std::vector{rational(1), rational(3)}); };
    bellman::group_advantages const method{baseline(1)};
    // 1 - 3 and 3 - 1
    bool good =
        method(rewards()) == std::vector{rational(-2), rational(2)} &&
        method(rewards(), grouping(std::array{1, 1})) == std::vector{rational(-2), rational(2)} &&
        method(std::vector{std::array{rational(1), rational(3)}}) == std::vector{std::array{rational(-2), rational(2)}};
    bellman::group_advantages const of_batch{bellman::over_batch{baseline(0)}};
    good = good && of_batch(rewards(), grouping(std::array{1, 2})) == std::vector{rational(-1), rational(1)};
    bellman::group_advantages const alone{bellman::unless_alone{baseline(0), 2}};
    good = good && alone(rewards(), grouping(std::array{1, 2})) == std::vector{rational(-1), rational(1)};
    bellman::weighted_group_advantages const weighted{baseline(0)};
    return good && weighted(rewards(), std::array{3, 1}) == std::vector{rational(-1, 2), rational(3, 2)};
  }));
}
